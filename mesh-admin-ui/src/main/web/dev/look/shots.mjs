/** What to look at: a place, the weather, and what to do there first. */

const set = (page, label, value) => page.getByRole('slider', { name: label }).fill(String(value));
const press = (page, name) => page.getByRole('button', { name }).first().click();
const pause = (page, ms = 500) => page.waitForTimeout(ms);

export const SHOTS = [
  { name: 'topology', hash: 'topology', wait: 2500, motion: true },
  { name: 'topology-trouble', hash: 'topology', scenario: 'trouble' },
  { name: 'topology-node', hash: 'topology?node=orders%40v1', wait: 4000 },
  { name: 'topology-version', hash: 'topology?node=inventory%40v2', wait: 2500, sizes: ['wide'] },
  { name: 'topology-edge', hash: 'topology?edge=orders%40v1-%3Epayments%40v1', scenario: 'trouble', wait: 4000 },
  { name: 'topology-idle', hash: 'topology', scenario: 'idle', sizes: ['wide'] },
  { name: 'topology-large', hash: 'topology', scenario: 'large', sizes: ['wide'] },
  { name: 'topology-empty', hash: 'topology', scenario: 'empty' },
  { name: 'topology-stale', hash: 'topology', act: async (page, mock) => { await mock('down'); await pause(page, 2500); } },
  { name: 'topology-failing', hash: 'services', sizes: ['wide'], act: async (page, mock) => { await mock('down'); await page.evaluate(() => { location.hash = '#/topology'; }); await pause(page, 1500); } },
  { name: 'topology-concerns', hash: 'topology', scenario: 'trouble', act: async (page) => { await press(page, /needs attention/); await pause(page, 300); } },
  { name: 'topology-legend', hash: 'topology', themes: ['light'], act: async (page) => { await press(page, 'Legend'); await pause(page, 300); } },
  { name: 'topology-keyboard', hash: 'topology', themes: ['dark'], sizes: ['wide'], act: async (page) => {
    await page.locator('[data-testid=node][tabindex="0"]').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) { await page.keyboard.press(key); }
    await pause(page, 800);
    const panels = await page.getByTestId('panel').count();
    await page.keyboard.press('Escape');
    await pause(page, 300);
    if (panels !== 1 || (await page.getByTestId('panel').count()) !== 0) { throw new Error('Enter and Escape do not open and close the panel'); }
  } },
  { name: 'services', hash: 'services' },
  { name: 'services-filter', hash: 'services', themes: ['light'], sizes: ['wide'], act: async (page) => { await page.getByRole('searchbox').fill('nothing'); await pause(page, 200); } },
  { name: 'service', hash: 'services/inventory' },
  { name: 'service-trouble', hash: 'services/payments', scenario: 'trouble', themes: ['light'] },
  { name: 'service-drain-ask', hash: 'services/inventory', act: async (page) => { await press(page, /^Drain 10\.0\.0\.4/); await pause(page, 300); } },
  { name: 'service-drain', hash: 'services/inventory', act: async (page) => {
    await press(page, /^Drain 10\.0\.0\.4/);
    await page.getByRole('button', { name: 'Drain', exact: true }).click();
    await press(page, 'Drain version v2');
    await page.getByRole('button', { name: 'Drain', exact: true }).click();
    await page.getByText('2 of 5 callers confirmed').first().waitFor();
  } },
  { name: 'service-unknown', hash: 'services/nowhere', themes: ['light'], sizes: ['wide'] },
  { name: 'routes', hash: 'routes' },
  { name: 'route', hash: 'routes/inventory', wait: 2500 },
  { name: 'route-draft', hash: 'routes/inventory', act: async (page) => { await set(page, 'Share of v2', 50); await press(page, 'Check'); await pause(page); } },
  { name: 'route-refused', hash: 'routes/inventory', themes: ['light'], act: async (page) => { await set(page, 'Share of v2', 13); await press(page, 'Apply'); await pause(page); } },
  { name: 'route-read-only', hash: 'routes/inventory', themes: ['light'], sizes: ['wide'], act: async (page, mock) => { await set(page, 'Share of v2', 60); await mock('cut-off'); await press(page, 'Apply'); await page.getByTestId('read-only').waitFor(); } },
  { name: 'route-outdated', hash: 'routes/inventory', themes: ['light'], act: async (page, mock) => { await set(page, 'Share of v2', 60); await mock('edit-elsewhere'); await press(page, 'Apply'); await pause(page); } },
  { name: 'route-applied', hash: 'routes/inventory', act: async (page) => { await set(page, 'Share of v2', 50); await press(page, 'Apply'); await pause(page, 1200); } },
  { name: 'route-followed', hash: 'routes/inventory', themes: ['dark'], sizes: ['wide'], act: async (page) => { await set(page, 'Share of v2', 70); await press(page, 'Apply'); await pause(page, 12000); } },
  { name: 'route-delete', hash: 'routes/inventory', themes: ['light'], act: async (page) => { await press(page, 'Delete route'); await pause(page, 300); } },
  { name: 'route-many', hash: 'routes/service-with-a-long-name-0', scenario: 'large', act: async (page) => { await set(page, 'Weight of v3', 90); await pause(page, 300); } },
  { name: 'route-single', hash: 'routes/payments', themes: ['light'], sizes: ['wide'] },
  { name: 'route-history', hash: 'routes/inventory', act: async (page) => { await page.getByText('2 differences').click(); await page.getByTestId('version').last().scrollIntoViewIfNeeded(); await pause(page, 300); } },
  { name: 'route-rollback', hash: 'routes/inventory', themes: ['light'], act: async (page) => { await press(page, /^Roll back to/); await pause(page, 300); } },
  { name: 'route-explain', hash: 'routes/inventory', act: async (page) => { await page.getByLabel('Path').fill('/items/1?a=b'); await press(page, 'Explain'); await page.getByTestId('explanation').waitFor(); await page.getByText('The rule as it was written').click(); await page.getByTestId('explanation').scrollIntoViewIfNeeded(); await pause(page, 300); } },
  { name: 'route-explain-refused', hash: 'routes/inventory', themes: ['light'], sizes: ['wide'], act: async (page) => { await page.getByLabel('Path').fill('items'); await press(page, 'Explain'); await page.getByTestId('explain-error').scrollIntoViewIfNeeded(); await pause(page, 300); } },
  { name: 'nodes', hash: 'nodes' },
  { name: 'nodes-single', hash: 'nodes', scenario: 'single', themes: ['light'], sizes: ['wide'] },
  { name: 'nodes-cut-off', hash: 'nodes', scenario: 'cut-off' },
  { name: 'nodes-upgrade', hash: 'nodes', scenario: 'upgrade' },
  { name: 'nodes-strangers', hash: 'nodes', scenario: 'strangers' },
  { name: 'nodes-lost', hash: 'nodes', act: async (page, mock) => { await mock('node-lost'); await page.getByText('Gone').waitFor(); } },
  { name: 'nodes-stale', hash: 'nodes', themes: ['light'], sizes: ['wide'], act: async (page, mock) => { await mock('down'); await pause(page, 3000); } },
  { name: 'topology-cut-off', hash: 'topology', scenario: 'cut-off' },
  { name: 'audit', hash: 'audit', act: async (page) => { await page.getByText('Before and after').first().click(); await pause(page, 300); } },
  { name: 'sign-in', signedOut: true },
  { name: 'sign-in-wrong', signedOut: true, themes: ['light'], sizes: ['wide'], act: async (page) => { await page.getByLabel('Password').fill('no'); await press(page, 'Sign in'); await pause(page); } },
  { name: 'sign-in-busy', signedOut: true, themes: ['light'], act: async (page) => { for (let i = 0; i < 3; i++) { await page.getByLabel('Password').fill('no'); await press(page, 'Sign in'); await pause(page, 300); } } },
  { name: 'opening-failing', scenario: 'down', themes: ['dark'], sizes: ['wide'] },
];
