// The scan task on the POSIX worker: what a host nanoCLR links, driven as the miner drives it. Ends with "ok".
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "mf_task.h"

#define CHECK(condition)                                                \
    do {                                                                \
        if (!(condition)) {                                             \
            std::printf("line %d: %s is false\n", __LINE__, #condition); \
            std::exit(1);                                               \
        }                                                               \
    } while (0)

namespace {

using mf_task::status;

// Bitcoin mainnet block 125552 and the nonces around its own that pass the candidate rule (see mf_known.h).
constexpr uint8_t header[mf_task::header_octets] = {
    0x01, 0x00, 0x00, 0x00, 0x81, 0xcd, 0x02, 0xab, 0x7e, 0x56, 0x9e, 0x8b, 0xcd, 0x93, 0x17, 0xe2, 0xfe, 0x99, 0xf2,
    0xde, 0x44, 0xd4, 0x9a, 0xb2, 0xb8, 0x85, 0x1b, 0xa4, 0xa3, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xe3, 0x20,
    0xb6, 0xc2, 0xff, 0xfc, 0x8d, 0x75, 0x04, 0x23, 0xdb, 0x8b, 0x1e, 0xb9, 0x42, 0xae, 0x71, 0x0e, 0x95, 0x1e, 0xd7,
    0x97, 0xf7, 0xaf, 0xfc, 0x88, 0x92, 0xb0, 0xf1, 0xfc, 0x12, 0x2b, 0xc7, 0xf5, 0xd7, 0x4d, 0xf2, 0xb9, 0x44, 0x1a};
constexpr uint32_t nonce = 2504433986u;
constexpr uint32_t below = 32848;  // the candidate before it lies so far away
constexpr uint32_t above = 73467;  // the candidate after it

struct result {
    status last;
    uint64_t hashes = 0;
    uint32_t candidates = 0;
    uint32_t nonce = 0;
    uint32_t next = 0;
};

result run_to_end() {
    result sum = {};
    mf_task::progress progress;
    do {
        sum.last = mf_task::poll(&progress);
        sum.hashes += progress.hashes;
        sum.next = progress.next_nonce;
        if (sum.last == status::candidate) {
            sum.candidates++;
            sum.nonce = progress.nonce;
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    } while (sum.last == status::running || sum.last == status::candidate);
    return sum;
}

void finds_the_known_candidates() {
    CHECK(mf_task::start(header, nonce - below + 1, nonce + above - 1, mf_task::threshold_max));
    CHECK(!mf_task::start(header, 0, 1, 0));
    const result one = run_to_end();
    CHECK(one.last == status::finished);
    CHECK(one.candidates == 1 && one.nonce == nonce);
    CHECK(one.hashes == below + above - 1);
    CHECK(one.next == nonce + above);

    CHECK(mf_task::start(header, nonce - below, nonce + above, mf_task::threshold_max));
    CHECK(run_to_end().candidates == 3);

    CHECK(mf_task::start(header, nonce - below, nonce + above, 0));
    CHECK(run_to_end().candidates == 1);
}

void stops_and_says_where() {
    CHECK(mf_task::start(header, 0, UINT32_MAX, 0));
    mf_task::stop();
    const result stopped = run_to_end();
    CHECK(stopped.last == status::idle);
    CHECK(stopped.next == stopped.hashes);
}

void refuses_what_is_out_of_range() {
    CHECK(!mf_task::start(header, 2, 1, 0));
    CHECK(!mf_task::start(header, 1, 2, mf_task::threshold_max + 1));
}

}  // namespace

int main() {
    mf_task::progress progress;
    CHECK(mf_task::poll(&progress) == status::idle);
    CHECK(mf_task::kernel_name() == nullptr);
    finds_the_known_candidates();
    CHECK(mf_task::kernel_name() != nullptr);
    CHECK(!mf_task::step_down());
    stops_and_says_where();
    refuses_what_is_out_of_range();
    std::puts("ok");
    return 0;
}
