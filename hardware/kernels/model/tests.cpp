// Tests of the kernels on the host: every scanner against plain software over the models, and the ladder's decisions.
#include <stdio.h>
#include <stdlib.h>

#include "../mf_classic.h"
#include "../mf_known.h"
#include "../mf_ladder.h"
#include "../mf_memory.h"
#include "../mf_plain.h"
#include "../mf_software.h"
#include "mf_model.h"

namespace {

int failures = 0;

void check(bool condition, const char *what, int line) {
    if (!condition) {
        printf("line %d: %s\n", line, what);
        failures++;
    }
}

#define CHECK(condition) check(condition, #condition, __LINE__)

template <class Model>
Model make_model() {
    return Model(mf::model_timing{30, 5});
}

void plain_hash_of_known_blocks_is_small() {
    for (const auto &known : mf::known_headers) {
        const mf_work work = mf::work_of(known);
        CHECK(mf::hash_top(work, known.nonce) == 0);
        CHECK(mf::hash_top(work, known.nonce + 1) > MF_THRESHOLD_MAX);
    }
}

void unrolled_software_agrees_with_plain() {
    const mf_work work = mf::work_of(mf::known_headers[1]);
    const mf::software scanner(work);
    for (mf::word nonce = 0xfffffe00u; nonce != 512; nonce++) {
        if (mf::byte_swap(scanner.last_word(nonce)) != mf::hash_top(work, nonce)) {
            CHECK(false);
            return;
        }
    }
}

void software_passes_the_selftest() {
    CHECK(mf::selftest([](const mf_work &w, mf_range &r) { return mf::scan_software(w, r); }) == MF_DONE);
}

// Runs a scanner through the self-test on a model and expects accesses per nonce and no hazard.
template <class Model, class Scan>
void engine_passes(mf::word least_accesses, Scan scan) {
    Model model = make_model<Model>();
    const mf::model_io<Model> io{&model};
    CHECK(mf::selftest([&](const mf_work &w, mf_range &r) { return scan(w, r, io); }) == MF_DONE);
    CHECK(model.hazards == 0);
    CHECK(model.accesses / 32850 >= least_accesses);
}

void engines_pass_the_selftest() {
    using classic = mf::classic_model;
    using memory = mf::memory_model;
    engine_passes<classic>(71, [](const mf_work &w, mf_range &r, const mf::model_io<classic> &io) {
        return mf::scan_baseline(mf::classic<mf::model_io<classic>>{w, io}, r);
    });
    engine_passes<classic>(43, [](const mf_work &w, mf_range &r, const mf::model_io<classic> &io) {
        return mf::scan_classic(w, r, io);
    });
    engine_passes<memory>(53, [](const mf_work &w, mf_range &r, const mf::model_io<memory> &io) {
        return mf::scan_baseline(mf::memory<mf::model_io<memory>>(w, io), r);
    });
    engine_passes<memory>(41, [](const mf_work &w, mf_range &r, const mf::model_io<memory> &io) {
        return mf::scan_memory(w, r, io);
    });
}

void models_count_what_hardware_punishes() {
    mf::classic_model classic = make_model<mf::classic_model>();
    classic.store(mf::classic_registers::start, 1);
    classic.store(0, 1);
    CHECK(classic.hazards == 0);
    classic.store(mf::classic_registers::resume, 1);
    CHECK(classic.hazards == 1);
    classic.store(0, 1);
    CHECK(classic.hazards == 2);
    (void)classic.load(0);
    CHECK(classic.hazards == 3);

    mf::memory_model memory = make_model<mf::memory_model>();
    memory.store(mf::memory_registers::start, 1);
    CHECK(memory.hazards == 1);
    memory.store(mf::memory_registers::message, 1);
    CHECK(memory.hazards == 1);
    memory.store(mf::memory_registers::state, 1);
    CHECK(memory.hazards == 2);
}

void range_stops_fills_and_refuses() {
    const mf::known_header &known = mf::known_headers[1];
    const mf_work work = mf::work_of(known);
    uint32_t stop = 1;
    mf_range range = {};
    range.threshold = MF_THRESHOLD_MAX + 1;
    range.count = 10;
    CHECK(mf::scan_software(work, range) == MF_BAD_THRESHOLD && range.count == 10);

    range.threshold = MF_THRESHOLD_MAX;
    range.stop = &stop;
    CHECK(mf::scan_software(work, range) == MF_STOPPED && range.count == 10 && range.first == 0);

    // 22 candidates lie in this range: the call returns after 16, exactly before the 17th.
    range = {};
    range.threshold = MF_THRESHOLD_MAX;
    range.first = known.nonce + static_cast<mf::word>(known.offsets[0]);
    range.count = static_cast<mf::word>(known.offsets[21] - known.offsets[0]) + 1;
    CHECK(mf::scan_software(work, range) == MF_FULL);
    CHECK(range.found == 16 && range.first == known.nonce + static_cast<mf::word>(known.offsets[16]));
    CHECK(mf::scan_software(work, range) == MF_DONE && range.found == 6 && range.count == 0);

    // Only the block's own hash is below 2^224.
    range.threshold = 0;
    range.first = known.nonce - 40000;
    range.count = 80000;
    CHECK(mf::scan_software(work, range) == MF_DONE && range.found == 1 && range.nonces[0] == known.nonce);
}

// --- the ladder ---

int32_t good(const mf_work *work, mf_range *range, uintptr_t) { return mf::scan_software(*work, *range); }

// Loses every other candidate, as reading a digest too early does.
int32_t deaf(const mf_work *work, mf_range *range, uintptr_t) {
    const int32_t result = mf::scan_software(*work, *range);
    range->found /= 2;
    return result;
}

bool lies = false;
int32_t liar(const mf_work *work, mf_range *range, uintptr_t) {
    range->mismatches += lies;
    return mf::scan_software(*work, *range);
}

void ladder_climbs_to_the_top() {
    const mf::rung rungs[] = {{"polled", good, 0}, {"grid-safe", good, 76}, {"exact-70", good, 70}};
    mf::ladder ladder(rungs, 3);
    ladder.climb(70, 2, 0);
    CHECK(ladder.current == 2 && ladder.reason == mf::ladder_reason::top && ladder.measured_block == 70);
}

void ladder_stays_below_rungs_that_count_on_a_faster_engine() {
    const mf::rung rungs[] = {{"polled", good, 0}, {"grid-safe", good, 76}, {"exact-70", good, 70}};
    mf::ladder ladder(rungs, 3);
    ladder.climb(72, 2, 0);
    CHECK(ladder.current == 1 && ladder.reason == mf::ladder_reason::too_slow);
    ladder.climb(90, 2, 0);
    CHECK(ladder.current == 0 && ladder.reason == mf::ladder_reason::too_slow);
}

void ladder_stays_below_a_rung_that_loses_candidates() {
    const mf::rung rungs[] = {{"polled", good, 0}, {"grid-safe", deaf, 76}, {"exact-70", good, 70}};
    mf::ladder ladder(rungs, 3);
    ladder.climb(70, 3, 0);
    CHECK(ladder.current == 0 && ladder.reason == mf::ladder_reason::calibration);
}

void ladder_steps_down_after_a_false_candidate_and_stays_there() {
    const mf::rung rungs[] = {{"polled", good, 0}, {"grid-safe", good, 76}, {"exact-70", liar, 70}};
    mf::ladder ladder(rungs, 3);
    lies = false;
    ladder.climb(70, 2, 0);
    CHECK(ladder.current == 2);
    const mf_work work = mf::work_of(mf::known_headers[0]);
    mf_range range = {};
    range.count = 10;
    lies = true;
    ladder.scan(&work, &range, 0);
    CHECK(ladder.current == 1 && ladder.reason == mf::ladder_reason::candidate);
    ladder.climb(70, 2, 0);
    CHECK(ladder.current == 1 && ladder.reason == mf::ladder_reason::candidate);
    CHECK(ladder.step_down() && ladder.current == 0);
    CHECK(!ladder.step_down() && ladder.current == -1 && ladder.reason == mf::ladder_reason::none);
}

void ladder_has_no_rung_when_the_lowest_fails() {
    const mf::rung rungs[] = {{"polled", deaf, 0}, {"grid-safe", good, 76}};
    mf::ladder ladder(rungs, 2);
    ladder.climb(70, 2, 0);
    CHECK(ladder.current == -1 && ladder.reason == mf::ladder_reason::none);
}

void block_time_is_never_overestimated() {
    for (int block = 20; block < 120; block += 7) {
        mf::classic_model model(mf::model_timing{block, 5});
        const mf::model_io<mf::classic_model> io{&model};
        using reg = mf::classic_registers;
        const mf::word measured = mf::measure_block(io, reg::start, reg::busy, [&] { return model.cycles(); });
        CHECK(measured <= static_cast<mf::word>(block) && measured + 5 >= static_cast<mf::word>(block));
        CHECK(model.hazards == 0);
    }
}

}  // namespace

int main() {
    plain_hash_of_known_blocks_is_small();
    unrolled_software_agrees_with_plain();
    software_passes_the_selftest();
    engines_pass_the_selftest();
    models_count_what_hardware_punishes();
    range_stops_fills_and_refuses();
    ladder_climbs_to_the_top();
    ladder_stays_below_rungs_that_count_on_a_faster_engine();
    ladder_stays_below_a_rung_that_loses_candidates();
    ladder_steps_down_after_a_false_candidate_and_stays_there();
    ladder_has_no_rung_when_the_lowest_fails();
    block_time_is_never_overestimated();
    printf("%d failures\n", failures);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
