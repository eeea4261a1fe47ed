// The whole ladder in one image: the first mf_scan measures the engine and climbs, later ones use the rung it found.
// For the emulator: state and executable RAM lie behind the image, where a loader has left zeros.
#include "../mf_plain.h"
#include "entry.h"
#include "mf_loops.h"

extern "C" mf::word mf_image_end[];

namespace {

constexpr mf::word loop_octets = 30 * 1024;
constexpr int calibration_depth = 2;

int32_t plain(const mf_work *work, mf_range *range, uintptr_t engine) {
    const mf::mmio io(engine);
    mf::wake(mf::engine_family(), io);
    return mf::scan_range(*range, [&](mf::word first, mf::word count) {
        return mf::scan_rest(mf::engine_family(), *work, io, *range, first, count);
    });
}

// What lies behind the image: four words for whoever looks, then what the ladder needs.
struct image_state {
    mf::word is_ready;
    int32_t rung;           // 0 is the plain sequence
    mf::ladder_reason reason;
    mf::word block_cycles;  // least block time that fits what was measured
    mf::loop_memory memory;
    mf::ladder ladder;
    mf::rung rungs[1 + mf::generated_rung_count];
};

image_state &state() { return *reinterpret_cast<image_state *>(mf_image_end); }

void climb(uintptr_t engine) {
    image_state &s = state();
    const uintptr_t behind = (reinterpret_cast<uintptr_t>(&s + 1) + 15) & ~15u;
    s.memory = {reinterpret_cast<mf::word *>(behind), loop_octets, nullptr};
    s.rungs[0] = {"plain", plain, 0};
    for (int i = 0; i < mf::generated_rung_count; i++) {
        s.rungs[1 + i] = mf::generated_rungs[i];
    }
    s.ladder = mf::ladder(s.rungs, 1 + mf::generated_rung_count);
    const mf::mmio io(engine);
    mf::wake(mf::engine_family(), io);
    s.block_cycles = mf::measure_block(io, mf::engine_registers::start, mf::engine_registers::busy, mf::cycle_count);
    s.ladder.climb(s.block_cycles, calibration_depth, engine);
    s.is_ready = 1;
}

}  // namespace

mf::loop_memory &mf::executable_memory() { return state().memory; }

int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t engine) {
    if (!state().is_ready) {
        climb(engine);
    }
    mf::ladder &ladder = state().ladder;
    if (ladder.current < 0) {
        return MF_SELFTEST_FAILED;
    }
    const int32_t result = ladder.scan(work, range, engine);
    state().rung = ladder.current;
    state().reason = ladder.reason;
    return result;
}
