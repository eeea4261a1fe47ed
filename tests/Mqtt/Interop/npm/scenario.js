// npm mqtt as a client: prints one line per thing that happened, in order. Arguments: URL, QoS, CA file or "-".
'use strict';
const fs = require('fs');
const mqtt = require('mqtt');

const [url, qosText, ca] = process.argv.slice(2);
const qos = Number(qosText);
const base = { protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 10000 };
if (ca !== '-') {
  base.ca = fs.readFileSync(ca);
}

const say = (line) => console.log(line);
const show = (topic, payload, packet) => say(`${topic}=${payload}@${packet.qos}${packet.retain ? 'R' : ''}`);

function nextMessage(client) {
  return new Promise((resolve) => client.once('message', (topic, payload, packet) => {
    show(topic, payload, packet);
    resolve();
  }));
}

async function main() {
  const will = { topic: 'npm/will', payload: 'gone', qos, retain: false };
  const watcher = await mqtt.connectAsync(url, { ...base, clientId: 'npm-watcher' });
  await watcher.subscribeAsync('npm/#', { qos });

  let got = nextMessage(watcher);
  const writer = await mqtt.connectAsync(url, { ...base, clientId: 'npm-writer', will });
  await writer.publishAsync('npm/plain', 'hello', { qos });
  await got;

  await watcher.unsubscribeAsync('npm/#');
  // QoS 0 would not say when the broker has it, and the other connection subscribes next.
  await writer.publishAsync('npm/kept', 'kept', { qos: Math.max(qos, 1), retain: true });
  got = nextMessage(watcher);
  await watcher.subscribeAsync('npm/+', { qos });
  await got;
  await writer.publishAsync('npm/empty-retained-clears-it', '', { qos, retain: true });

  got = new Promise((resolve) => watcher.on('message', (topic, payload, packet) => {
    if (topic === 'npm/will') {
      show(topic, payload, packet);
      resolve();
    }
  }));
  writer.stream.destroy();
  await got;
  await watcher.publishAsync('npm/kept', '', { qos, retain: true });

  const sleeping = { ...base, clientId: 'npm-sleeper', clean: false };
  let sleeper = await mqtt.connectAsync(url, sleeping);
  await sleeper.subscribeAsync('npm/asleep', { qos });
  await sleeper.endAsync();
  await watcher.publishAsync('npm/asleep', 'while you slept', { qos });
  sleeper = mqtt.connect(url, sleeping);
  // As it comes: the client tells of 'connect' later, at times after the first message.
  sleeper.on('packetreceive', (packet) => {
    if (packet.cmd === 'connack') {
      say(`session present ${packet.sessionPresent}`);
    }
  });
  if (qos > 0) {
    await nextMessage(sleeper);
  } else {
    await new Promise((resolve) => sleeper.once('connect', resolve));
  }
  await sleeper.endAsync();
  await watcher.endAsync();
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
