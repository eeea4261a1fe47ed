// A miner on npm's stratum-client: subscribes, authorises, mines its first job, submits the share twice, and a share
// that is none. Prints what the server said. Usage: node scenario.js <port> <worker>
'use strict';

const crypto = require('crypto');
const connect = require('stratum-client');

const [port, worker] = process.argv.slice(2);
const DIFFICULTY_ONE = BigInt('0xffff') << 208n;
const sha256d = (octets) => {
  const once = crypto.createHash('sha256').update(octets).digest();
  return crypto.createHash('sha256').update(once).digest();
};

let difficulty = 0;
let steps = null;

function headerOf(work, extranonce2) {
  const coinbase = Buffer.from(work.coinb1 + work.extraNonce1 + extranonce2 + work.coinb2, 'hex');
  const root = work.merkle_branch.reduce(
    (left, right) => sha256d(Buffer.concat([left, Buffer.from(right, 'hex')])), sha256d(coinbase));
  const header = Buffer.alloc(80);
  header.writeUInt32LE(parseInt(work.version, 16), 0);
  Buffer.from(work.prevhash, 'hex').swap32().copy(header, 4);
  root.copy(header, 36);
  header.writeUInt32LE(parseInt(work.ntime, 16), 68);
  header.writeUInt32LE(parseInt(work.nbits, 16), 72);
  return header;
}

function mine(work, good) {
  const extranonce2 = '5a'.repeat(work.extraNonce2Size);
  const header = headerOf(work, extranonce2);
  const scale = 10n ** 15n;
  const target = (DIFFICULTY_ONE * scale) / BigInt(Math.round(difficulty * Number(scale)));
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76);
    const hash = BigInt('0x' + Buffer.from(sha256d(header)).reverse().toString('hex'));
    if ((hash <= target) === good) {
      return { worker_name: worker, job_id: work.jobId, extranonce2, ntime: work.ntime,
        nonce: nonce.toString(16).padStart(8, '0') };
    }
  }
}

function next() {
  const step = steps.shift();
  if (step) {
    client.submit(step);
  } else {
    client.shutdown();
  }
}

const client = connect({
  server: '127.0.0.1',
  port: Number(port),
  worker,
  onSubscribe: ({ extraNonce1, extraNonce2Size }) =>
    console.log(`extranonce1 ${extraNonce1.length / 2} octets, extranonce2 ${extraNonce2Size}`),
  onAuthorizeSuccess: () => console.log('authorised'),
  onAuthorizeFail: (error) => console.log(`not authorised: ${error[1]}`),
  onNewDifficulty: (value) => { difficulty = value; },
  onNewMiningWork: (work) => {
    if (steps === null) {
      const share = mine(work, true);
      steps = [share, share, mine(work, false)];
      next();
    }
  },
  onSubmitWorkSuccess: () => { console.log('accepted'); next(); },
  onSubmitWorkFail: (error) => { console.log(`refused ${error[0]}`); next(); },
  onError: (error) => { console.error(error.message); process.exit(1); },
});
