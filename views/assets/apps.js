const user = document.querySelector('#apps-user');
user.addEventListener('change', () => user.form.submit());
