// The CLR's stubs, called through the method table as the CLR does, on the POSIX worker. Ends with "ok".
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "MicroFirmware_Native.h"

#define CHECK(condition)                                                \
    do {                                                                \
        if (!(condition)) {                                             \
            std::printf("line %d: %s is false\n", __LINE__, #condition); \
            std::exit(1);                                               \
        }                                                               \
    } while (0)

namespace {

// Rows of the table.
enum row {
    start,
    poll,
    stop,
    step_down,
    read_kernel_name,
    read_kernel_reason,
    temperature,
    start_watchdog,
    feed_watchdog
};

constexpr uint32_t scan_running = 1;
constexpr uint32_t scan_finished = 3;

CLR_RT_StackFrame frame = {};

HRESULT call(row method) { return g_CLR_AssemblyNative_MicroFirmware_Native.m_pNativeMethods[method](frame); }

void give_array(CLR_RT_HeapBlock_Array &array) { frame.Arg0().array = &array; }

void scans_a_range() {
    uint8_t header[76] = {};
    CLR_RT_HeapBlock_Array header_array = {76, header};
    give_array(header_array);
    frame.Arg1().number.u4 = 100;
    frame.Arg2().number.u4 = 1123;
    frame.Arg3().number.u4 = 0;
    CHECK(call(start) == S_OK && frame.result == 1);

    uint32_t numbers[3] = {};
    CLR_RT_HeapBlock_Array numbers_array = {3, reinterpret_cast<CLR_UINT8 *>(numbers)};
    give_array(numbers_array);
    uint32_t hashes = 0;
    do {
        CHECK(call(poll) == S_OK);
        hashes += numbers[0];
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } while (frame.result == scan_running);
    CHECK(frame.result == scan_finished);
    CHECK(hashes == 1024 && numbers[2] == 1124);
}

void names_its_kernel() {
    CLR_UINT8 name[32] = {};
    CLR_RT_HeapBlock_Array name_array = {32, name};
    give_array(name_array);
    CHECK(call(read_kernel_name) == S_OK);
    CHECK(frame.result == 13 && std::memcmp(name, "host-software", 13) == 0);
    CHECK(call(read_kernel_reason) == S_OK && frame.result > 0);
    name_array.m_numOfElements = 4;
    CHECK(call(read_kernel_name) == S_OK && frame.result == 4);
}

void refuses_wrong_arguments() {
    CLR_UINT8 octets[76] = {};
    CLR_RT_HeapBlock_Array array = {75, octets};
    give_array(array);
    CHECK(call(start) == CLR_E_INVALID_PARAMETER);
    array.m_numOfElements = 2;
    CHECK(call(poll) == CLR_E_INVALID_PARAMETER);
    frame.Arg0().array = nullptr;
    CHECK(call(start) == CLR_E_ARGUMENT_NULL);
    CHECK(call(poll) == CLR_E_ARGUMENT_NULL);
    CHECK(call(read_kernel_name) == CLR_E_ARGUMENT_NULL);
    frame.Arg0().number.s4 = 999;
    CHECK(call(start_watchdog) == S_OK && frame.result == 0);
}

void answers_the_rest() {
    CHECK(call(stop) == S_OK);
    CHECK(call(step_down) == S_OK && frame.result == 0);
    CHECK(call(temperature) == S_OK && frame.result == INT32_MIN);
    frame.Arg0().number.s4 = 30000;
    CHECK(call(start_watchdog) == S_OK && frame.result == 0);
    CHECK(call(feed_watchdog) == S_OK);
}

}  // namespace

int main() {
    scans_a_range();
    names_its_kernel();
    refuses_wrong_arguments();
    answers_the_rest();
    std::puts("ok");
    return 0;
}
