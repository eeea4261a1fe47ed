// The ladder: which of a chip's kernels runs, and why.
//
// Rungs are ordered from the safest to the fastest. At start the engine's block time is measured; the ladder climbs
// rung by rung over those that tolerate it, as long as each one finds exactly the known candidates of a calibration
// run. When a candidate ever fails its check in plain software, it steps down and that rung is barred until the next
// start.
#ifndef MF_LADDER_H
#define MF_LADDER_H

#include "mf_known.h"

namespace mf {

using scan_function = int32_t (*)(const mf_work *work, mf_range *range, uintptr_t engine);

// Why a rung was chosen, or not left.
enum class ladder_reason : word {
    top,          // the fastest rung there is passed its calibration
    too_slow,     // the next rung counts on a shorter block than was measured
    calibration,  // the next rung missed a known candidate or reported a false one
    candidate,    // the next rung found a candidate that plain software did not confirm
    none          // not even the lowest rung passed: use the managed scanner
};

// For the console.
inline const char *text_of(ladder_reason reason) {
    switch (reason) {
    case ladder_reason::top:
        return "fastest there is";
    case ladder_reason::too_slow:
        return "the next one is for a faster engine";
    case ladder_reason::calibration:
        return "the next one failed its calibration";
    case ladder_reason::candidate:
        return "the next one reported a false candidate";
    default:
        return "no native scanner is right on this chip";
    }
}

struct rung {
    const char *name;
    scan_function scan;
    word block_cycles;  // longest block it tolerates; 0: it asks the engine and tolerates any
};

struct ladder {
    const rung *rungs;
    int count;
    int current = -1;             // index of the rung in use; -1 for none
    int limit;                    // rungs from here on are barred
    word measured_block = 0;      // cycles
    ladder_reason reason = ladder_reason::none;

    ladder(const rung *list, int length) : rungs(list), count(length), limit(length) {}

    // Climbs from the bottom. block_cycles is measure_block's answer, the least the block time can be; depth is how
    // many known candidates each rung has to find (1..22; each stands for about 65,000 nonces).
    void climb(word block_cycles, int depth, uintptr_t engine) {
        measured_block = block_cycles;
        current = -1;
        reason = ladder_reason::none;
        for (int i = 0; i < limit; i++) {
            if (rungs[i].block_cycles && rungs[i].block_cycles < block_cycles) {
                settle(ladder_reason::too_slow);
                continue;
            }
            if (!calibrate(rungs[i], depth, engine)) {
                settle(ladder_reason::calibration);
                return;
            }
            current = i;
            reason = ladder_reason::top;
        }
        if (limit < count) {
            settle(ladder_reason::candidate);
        }
    }

    // After a mismatch. False when there is nothing below.
    bool step_down() {
        reason = ladder_reason::candidate;
        limit = current;
        do {
            current--;
        } while (current >= 0 && rungs[current].block_cycles && rungs[current].block_cycles < measured_block);
        if (current < 0) {
            reason = ladder_reason::none;
        }
        return current >= 0;
    }

    // Scans on the current rung; steps down when plain software did not confirm a candidate.
    int32_t scan(const mf_work *work, mf_range *range, uintptr_t engine) {
        const word before = range->mismatches;
        const int32_t result = rungs[current].scan(work, range, engine);
        if (range->mismatches != before) {
            step_down();
        }
        return result;
    }

private:
    void settle(ladder_reason why) {
        if (current >= 0) {
            reason = why;
        }
    }

    static bool calibrate(const rung &candidate, int depth, uintptr_t engine) {
        const known_header &known = known_headers[1];
        return finds_known(known, 0, (depth < known.count ? depth : known.count) - 1,
                           [&](const mf_work &work, mf_range &range) { return candidate.scan(&work, &range, engine); });
    }
};

// The least block time in cycles that fits what is seen: at this distance from START the engine was still busy. A rung
// that counts on less is wrong for certain; whether one that counts on more is right, its calibration tells. trigger is
// START, cycles() the CPU's cycle counter. Looks once per block, a little later each time, so that looking does not
// disturb.
template <class Io, class Cycles>
inline word measure_block(const Io &io, uint32_t trigger, uint32_t busy, Cycles cycles) {
    constexpr word longest = 1000;
    word least = 1;
    for (word wait = 1; wait < longest; wait++) {
        io.store(trigger, 1);
        io.fence();
        const word begin = cycles();
        word look;
        do {
            look = cycles();
        } while (look - begin < wait);
        const bool is_busy = io.load(busy) != 0;
        while (io.load(busy)) {
        }
        if (!is_busy) {
            break;
        }
        least = look - begin + 1;
    }
    return least;
}

}  // namespace mf

#endif
