#include "mf_task.h"

#include "mf_known.h"
#include "mf_system.h"

namespace mf_task {

namespace {

constexpr uint32_t first_slice = 4096;
constexpr uint32_t slice_max = 1u << 24;
constexpr int calibration_depth = 2;
constexpr uint32_t ring_size = 64;
static_assert(ring_size >= 2 * MF_CANDIDATES, "a scan's candidates must fit beside one scan's that nobody took yet");

struct shared_state {
    status now = status::idle;
    mf_work work;
    uint32_t next = 0;
    uint64_t left = 0;
    uint32_t threshold = 0;
    uint32_t hashes = 0;
    uint32_t ring[ring_size];
    uint32_t ring_first = 0;
    uint32_t ring_count = 0;
    bool step_down = false;
    bool has_task = false;
    const char *kernel = nullptr;
    const char *reason = nullptr;
};

shared_state shared;
volatile uint32_t stop_flag = 0;

class section {
public:
    section() { mf_system::lock(); }
    ~section() { mf_system::unlock(); }
    section(const section &) = delete;
};

uint32_t big_endian(const uint8_t *octets) {
    return static_cast<uint32_t>(octets[0]) << 24 | static_cast<uint32_t>(octets[1]) << 16
        | static_cast<uint32_t>(octets[2]) << 8 | octets[3];
}

mf_work work_of(const uint8_t *header) {
    mf_work work;
    for (int i = 0; i < 16; i++) {
        work.head[i] = big_endian(header + 4 * i);
    }
    for (int i = 0; i < 8; i++) {
        work.midstate[i] = mf::initial_state[i];
    }
    mf::compress(work.midstate, work.head);
    for (int i = 0; i < 3; i++) {
        work.tail[i] = big_endian(header + 64 + 4 * i);
    }
    return work;
}

void take_engine() {
    while (!mf_system::try_take_engine()) {
        mf_system::rest();
    }
}

// Within a section.
void tell_kernel(const mf::ladder &ladder) {
    shared.kernel = ladder.current < 0 ? nullptr : ladder.rungs[ladder.current].name;
    shared.reason = mf::text_of(ladder.reason);
}

void end_with(status last) {
    section guard;
    shared.now = last;
}

// One piece of the scan; false when there is no more to do.
bool scan_piece(mf::ladder &ladder, const mf_work &work, uint32_t slice) {
    mf_range range = {};
    {
        section guard;
        if (stop_flag || shared.left == 0) {
            shared.now = shared.left == 0 ? status::finished : status::idle;
            return false;
        }
        if (shared.ring_count > ring_size - MF_CANDIDATES) {
            return true;  // nobody polls: what was found waits, and so does the scan
        }
        range.first = shared.next;
        range.count = shared.left < slice ? static_cast<uint32_t>(shared.left) : slice;
        range.threshold = shared.threshold;
        range.stop = &stop_flag;
    }

    const uint32_t asked = range.count;
    take_engine();
    ladder.scan(&work, &range, mf_system::engine());
    mf_system::give_engine();

    section guard;
    const uint32_t done = asked - range.count;
    shared.hashes += done;
    shared.next = range.first;
    shared.left -= done;
    for (uint32_t i = 0; i < range.found; i++) {
        shared.ring[(shared.ring_first + shared.ring_count++) % ring_size] = range.nonces[i];
    }
    tell_kernel(ladder);
    return true;
}

void scan(mf::ladder &ladder, const mf_work &work) {
    uint32_t slice = first_slice;
    while (ladder.current >= 0) {
        const uint32_t begin = mf_system::milliseconds();
        if (!scan_piece(ladder, work, slice)) {
            return;
        }
        const uint32_t took = mf_system::milliseconds() - begin;
        if (took < mf_system::slice_ms / 2 && slice < slice_max) {
            slice *= 2;
        } else if (took > mf_system::slice_ms && slice > first_slice) {
            slice /= 2;
        }
        mf_system::rest();
    }
    end_with(status::failed);
}

void run() {
    mf::ladder ladder(mf_system::rungs(), mf_system::rung_count());
    take_engine();
    ladder.climb(mf_system::measure_engine(), calibration_depth, mf_system::engine());
    mf_system::give_engine();
    while (true) {
        mf_system::wait();
        mf_work work;
        {
            section guard;
            if (shared.now != status::running) {
                continue;
            }
            work = shared.work;
            if (shared.step_down && ladder.current >= 0) {
                ladder.step_down();
            }
            shared.step_down = false;
            tell_kernel(ladder);
        }
        scan(ladder, work);
    }
}

}  // namespace

bool start(const uint8_t *header, uint32_t first, uint32_t last, uint32_t threshold) {
    if (first > last || threshold > threshold_max) {
        return false;
    }
    {
        section guard;
        if (shared.now == status::running) {
            return false;
        }
        if (!shared.has_task && !mf_system::start_task(run)) {
            return false;
        }
        shared.has_task = true;
        shared.work = work_of(header);
        shared.next = first;
        shared.left = static_cast<uint64_t>(last) - first + 1;
        shared.threshold = threshold;
        shared.ring_count = 0;
        shared.hashes = 0;
        shared.now = status::running;
        stop_flag = 0;
    }
    mf_system::wake();
    return true;
}

status poll(progress *out) {
    section guard;
    out->hashes = shared.hashes;
    out->next_nonce = shared.next;
    out->nonce = 0;
    shared.hashes = 0;
    if (shared.ring_count == 0) {
        return shared.now;
    }
    out->nonce = shared.ring[shared.ring_first];
    shared.ring_first = (shared.ring_first + 1) % ring_size;
    shared.ring_count--;
    return status::candidate;
}

void stop() { stop_flag = 1; }

bool step_down() {
    section guard;
    shared.step_down = shared.kernel != nullptr && shared.kernel != mf_system::rungs()[0].name;
    return shared.step_down;
}

const char *kernel_name() {
    section guard;
    return shared.kernel;
}

const char *kernel_reason() {
    section guard;
    return shared.reason;
}

}  // namespace mf_task
