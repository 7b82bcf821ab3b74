const control = (method, path, body) => cy.request(method, `${Cypress.env('BILLETERA_URL')}/_emulator${path}`, body);

beforeEach(() => {
  control('POST', '/reset', {});
  control('PATCH', '/clients/202016726873874774774000', { signature: 'required' });
});
afterEach(() => control('GET', '/findings').its('body.findings').should('deep.equal', []));

it('logs a user in who agrees', () => {
  control('PUT', '/settings', { consent: 'grant' });
  cy.visit('http://localhost:8080');
  cy.contains('button', 'Log in').click();
  cy.contains('Welcome');
});

it('says what to do if the user refuses', () => {
  control('PUT', '/settings', { consent: 'deny' });
  cy.visit('http://localhost:8080');
  cy.contains('button', 'Log in').click();
  cy.contains('the user refused the authorization');
});
