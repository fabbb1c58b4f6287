// TensorFlow Playground's engine alone: `node playground.mjs nn.js` prints the epochs it takes in a
// second of the processor's. 250 points in batches of 10, 2-4-2-1 with tanh, as its own page trains
// them (`oneStep` in its playground.ts), the loss left out.
import { createRequire } from 'node:module';

const nn = createRequire(import.meta.url)(process.argv[2]);
const [points, batch, rate, epochs, turns] = [250, 10, 0.03, 400, 7];

function data() {
    const points_ = [];
    for (let i = 0; i < points; i++) {
        const [x, y] = [Math.random() * 10 - 5, Math.random() * 10 - 5];
        points_.push({ input: [x, y], label: x * y > 0 ? 1 : -1 });
    }
    return points_;
}

function epoch(network, all) {
    all.forEach(({ input, label }, i) => {
        nn.forwardProp(network, input);
        nn.backProp(network, label, nn.Errors.SQUARE);
        if ((i + 1) % batch === 0) nn.updateWeights(network, rate, 0);
    });
}

const { TANH } = nn.Activations;
const speeds = [];
for (let turn = 0; turn < turns; turn++) {
    const [all, network] = [data(), nn.buildNetwork([2, 4, 2, 1], TANH, TANH, null, ['x', 'y'])];
    const began = process.cpuUsage();
    for (let i = 0; i < epochs; i++) epoch(network, all);
    const { user, system } = process.cpuUsage(began);
    speeds.push(epochs / ((user + system) / 1e6));
}
speeds.sort((a, b) => a - b);
console.log(speeds[(turns - 1) / 2]); // the median
