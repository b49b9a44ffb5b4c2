'use strict';

const SHOWN = 60;
const answers = [];
const byId = (id) => document.getElementById(id);
const price = (cents) => (cents / 100).toLocaleString(undefined, { style: 'currency', currency: 'EUR' });
const cards = new Map();

async function json(url, options) {
  const response = await fetch(url, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail || `The shop answered ${response.status}.`);
  }
  return body;
}

function say(text, bad) {
  byId('notice').textContent = text;
  byId('notice').className = bad ? 'bad' : '';
}

function versionTag(version) {
  const tag = document.createElement('b');
  tag.className = version;
  tag.textContent = version;
  return tag;
}

function remember(version) {
  answers.push(version);
  answers.splice(0, answers.length - SHOWN);
  byId('strip').replaceChildren(...Array.from({ length: SHOWN }, (_, i) => {
    const cell = document.createElement('li');
    cell.className = answers[i] || '';
    return cell;
  }));
  const known = [...new Set(answers)].sort();
  byId('shares').replaceChildren('Inventory ', ...known.flatMap((name, i) => {
    const share = Math.round(100 * answers.filter((answer) => answer === name).length / answers.length);
    return [i ? ', ' : '', name === 'none' ? 'silent' : versionTag(name), ` ${share} %`];
  }), ` of the last ${answers.length} answers`);
}

async function order(article) {
  const card = cards.get(article.id);
  card.querySelector('button').disabled = true;
  try {
    const placed = await json('api/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ article: article.id, quantity: 1 }),
    });
    const arrival = placed.arrival ? `, here ${placed.arrival}` : '';
    say(`Ordered: ${article.name} for ${price(placed.totalCents)}${arrival} (inventory ${placed.inventoryVersion}).`);
  } catch (error) {
    say(`${article.name}: ${error.message}`, true);
  } finally {
    card.querySelector('button').disabled = false;
  }
}

function cardOf(article) {
  let card = cards.get(article.id);
  if (!card) {
    card = byId('article').content.cloneNode(true).firstElementChild;
    card.querySelector('use').setAttribute('href', `pictures.svg#${encodeURIComponent(article.id)}`);
    card.querySelector('h3').textContent = article.name;
    card.querySelector('.price').textContent = price(article.priceCents);
    card.querySelector('button').setAttribute('aria-label', `Order ${article.name}`);
    card.querySelector('button').addEventListener('click', () => order(article));
    cards.set(article.id, card);
    byId('articles').append(card);
  }
  return card;
}

function show(article) {
  const card = cardOf(article);
  const stock = article.stock;
  card.querySelector('.stock').replaceChildren(
    ...(stock ? [`${stock.available} in stock, says `, versionTag(stock.version)] : ['stock unknown']));
  card.querySelector('.arrival').textContent = stock && stock.arrival ? `${stock.warehouse}, here ${stock.arrival}` : '';
}

async function refresh() {
  try {
    const articles = await json('api/articles');
    articles.forEach(show);
    const told = articles.find((article) => article.stock);
    remember(told ? told.stock.version : 'none');
  } catch (error) {
    remember('none');
    say(error.message, true);
  }
}

async function loop() {
  if (byId('live').checked && !document.hidden) {
    await refresh();
  }
  setTimeout(loop, 1000);
}

refresh();
setTimeout(loop, 1000);
