import { onChosen } from './chosen.js';

const user = document.querySelector('#apps-user');
onChosen(user, () => user.form.submit());
