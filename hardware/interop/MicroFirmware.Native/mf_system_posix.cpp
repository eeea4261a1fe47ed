// The scan task on a computer, for a host nanoCLR and for tests: a thread, and the software kernel alone.
#if !defined(ESP_PLATFORM)

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "mf_software.h"
#include "mf_system.h"

namespace mf_system {

namespace {

// Never destroyed: at the process's end the scan thread still waits on them.
std::mutex &state_mutex = *new std::mutex;
std::mutex &wake_mutex = *new std::mutex;
std::condition_variable &wake_condition = *new std::condition_variable;
bool is_awake = false;

int32_t software(const mf_work *work, mf_range *range, uintptr_t) { return mf::scan_software(*work, *range); }

}  // namespace

const uint32_t slice_ms = 100;

const mf::rung *rungs() {
    static const mf::rung only[] = {{"host-software", software, 0}};
    return only;
}

int rung_count() { return 1; }

bool start_task(void (*run)()) {
    std::thread(run).detach();
    return true;
}

void wait() {
    std::unique_lock<std::mutex> guard(wake_mutex);
    wake_condition.wait(guard, [] { return is_awake; });
    is_awake = false;
}

void wake() {
    const std::lock_guard<std::mutex> guard(wake_mutex);
    is_awake = true;
    wake_condition.notify_one();
}

void lock() { state_mutex.lock(); }

void unlock() { state_mutex.unlock(); }

void rest() { std::this_thread::yield(); }

uint32_t milliseconds() {
    using namespace std::chrono;
    const auto since = steady_clock::now().time_since_epoch();
    return static_cast<uint32_t>(duration_cast<std::chrono::milliseconds>(since).count());
}

bool try_take_engine() { return true; }

void give_engine() {}

uintptr_t engine() { return 0; }

uint32_t measure_engine() { return 0; }

int32_t temperature() { return INT32_MIN; }

bool start_watchdog(uint32_t) { return false; }

void feed_watchdog() {}

}  // namespace mf_system

#endif
