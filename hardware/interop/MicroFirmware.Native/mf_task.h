// The scan task as the CLR's stubs see it. No call blocks; all may come from any task.
#ifndef MF_TASK_H
#define MF_TASK_H

#include <stdint.h>

namespace mf_task {

// The values of MicroFirmware.Mining.ScanStatus.
enum class status : int32_t { idle = 0, running = 1, candidate = 2, finished = 3, failed = 4 };

struct progress {
    uint32_t hashes;      // nonces hashed since the poll before
    uint32_t nonce;       // with candidate
    uint32_t next_nonce;  // first nonce not hashed
};

constexpr uint32_t header_octets = 76;
constexpr uint32_t threshold_max = 0xffff;

// False when a scan is under way or an argument is out of its range. The header is copied.
bool start(const uint8_t *header, uint32_t first, uint32_t last, uint32_t threshold);

status poll(progress *out);

void stop();

// From the next start on the kernel one rung below; false when there is none.
bool step_down();

// The name of the kernel in use; null while none was chosen.
const char *kernel_name();

// Why it and no faster one, in words; null while none was chosen.
const char *kernel_reason();

}  // namespace mf_task

#endif
