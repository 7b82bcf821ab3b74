import { setUpChooser } from './user-chooser.js';

const users = document.querySelector('[data-users]');
if (users) setUpChooser(users);
