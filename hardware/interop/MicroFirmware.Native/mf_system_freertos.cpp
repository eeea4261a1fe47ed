// The scan task on the chip: ESP-IDF 5, FreeRTOS. Not compiled by this project's own tests, which have no ESP-IDF.
#if defined(ESP_PLATFORM)

#include <esp_heap_caps.h>
#include <esp_task_wdt.h>
#include <esp_timer.h>
#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>
#include <freertos/task.h>
#include <soc/soc_caps.h>
#if SOC_TEMP_SENSOR_SUPPORTED
#include <driver/temperature_sensor.h>
#endif
#if CONFIG_IDF_TARGET_ESP32
#include <sha/sha_parallel_engine.h>
#else
#include <sha/sha_core.h>
#endif

#include "mf_classic.h"
#include "mf_io.h"
#include "mf_loops.h"
#include "mf_memory.h"
#include "mf_plain.h"
#include "mf_software.h"
#include "mf_system.h"

namespace mf_system {

namespace {

// The CLR runs with priority 5 on the core named here as its own; on a chip with one core the scan runs below it.
#if CONFIG_IDF_TARGET_ESP32 || CONFIG_IDF_TARGET_ESP32P4
constexpr BaseType_t scan_core = 0;
constexpr UBaseType_t scan_priority = 5;
#elif CONFIG_IDF_TARGET_ESP32S3
constexpr BaseType_t scan_core = 1;
constexpr UBaseType_t scan_priority = 5;
#else
constexpr BaseType_t scan_core = 0;
constexpr UBaseType_t scan_priority = 4;
#endif

#if CONFIG_IDF_TARGET_ESP32
constexpr uintptr_t engine_base = 0x3FF03000;
#elif CONFIG_IDF_TARGET_ESP32S2 || CONFIG_IDF_TARGET_ESP32S3 || CONFIG_IDF_TARGET_ESP32C2 || CONFIG_IDF_TARGET_ESP32C3
constexpr uintptr_t engine_base = 0x6003B000;
#else
constexpr uintptr_t engine_base = 0x60089000;
#endif

constexpr uint32_t stack_octets = 4096;

// The longest generated loop of any chip fits.
constexpr uint32_t loop_octets = 30 * 1024;

TaskHandle_t scan_task = nullptr;
SemaphoreHandle_t state_mutex = nullptr;
bool is_watched = false;

int32_t software(const mf_work *work, mf_range *range, uintptr_t) { return mf::scan_software(*work, *range); }

// The plain register sequence: every word written, every wait polled.
int32_t plain(const mf_work *work, mf_range *range, uintptr_t base) {
    const mf::mmio io(base);
    mf::wake(mf::engine_family(), io);
    return mf::scan_range(*range, [&](mf::word first, mf::word count) {
        return mf::scan_rest(mf::engine_family(), *work, io, *range, first, count);
    });
}

void run_task(void *run) { reinterpret_cast<void (*)()>(run)(); }

}  // namespace

// On a core of its own the task rests only for the idle task; on a shared one it also lets the radio breathe.
const uint32_t slice_ms = scan_priority == 5 ? 1000 : 200;

int rung_count() { return 2 + mf::generated_rung_count; }

const mf::rung *rungs() {
    static mf::rung all[2 + mf::generated_rung_count] = {{"native-software", software, 0}, {"native-plain", plain, 0}};
    for (int i = 0; i < mf::generated_rung_count; i++) {
        all[2 + i] = mf::generated_rungs[i];
    }
    return all;
}

bool start_task(void (*run)()) {
    return xTaskCreatePinnedToCore(run_task, "mf_scan", stack_octets, reinterpret_cast<void *>(run), scan_priority,
                                   &scan_task, scan_core)
        == pdPASS;
}

void wait() { ulTaskNotifyTake(pdTRUE, portMAX_DELAY); }

void wake() { xTaskNotifyGive(scan_task); }

// The CLR's task makes the first call, before there is a second task.
void lock() {
    if (state_mutex == nullptr) {
        state_mutex = xSemaphoreCreateMutex();
    }
    xSemaphoreTake(state_mutex, portMAX_DELAY);
}

void unlock() { xSemaphoreGive(state_mutex); }

void rest() { vTaskDelay(1); }

uint32_t milliseconds() { return static_cast<uint32_t>(esp_timer_get_time() / 1000); }

#if CONFIG_IDF_TARGET_ESP32
// The engines share one memory: with all three taken, TLS hashes in software.
bool try_take_engine() {
    static constexpr esp_sha_type engines[] = {SHA1, SHA2_256, SHA2_512};
    for (int taken = 0; taken < 3; taken++) {
        if (!esp_sha_try_lock_engine(engines[taken])) {
            while (taken-- > 0) {
                esp_sha_unlock_engine(engines[taken]);
            }
            return false;
        }
    }
    return true;
}

void give_engine() {
    esp_sha_unlock_engine(SHA2_512);
    esp_sha_unlock_engine(SHA2_256);
    esp_sha_unlock_engine(SHA1);
}
#else
// Waits for a TLS block at most; TLS waits for a slice at most.
bool try_take_engine() {
    esp_sha_acquire_hardware();
    return true;
}

void give_engine() { esp_sha_release_hardware(); }
#endif

uintptr_t engine() { return engine_base; }

uint32_t measure_engine() {
    const mf::mmio io(engine_base);
    mf::wake(mf::engine_family(), io);
    return mf::measure_block(io, mf::engine_registers::start, mf::engine_registers::busy, mf::cycle_count);
}

int32_t temperature() {
#if SOC_TEMP_SENSOR_SUPPORTED
    static temperature_sensor_handle_t sensor = nullptr;
    if (sensor == nullptr) {
        temperature_sensor_config_t config = TEMPERATURE_SENSOR_CONFIG_DEFAULT(-10, 80);
        if (temperature_sensor_install(&config, &sensor) != ESP_OK || temperature_sensor_enable(sensor) != ESP_OK) {
            return INT32_MIN;
        }
    }
    float celsius = 0;
    return temperature_sensor_get_celsius(sensor, &celsius) == ESP_OK ? static_cast<int32_t>(celsius) : INT32_MIN;
#else
    return INT32_MIN;
#endif
}

bool start_watchdog(uint32_t timeout_ms) {
    const esp_task_wdt_config_t config = {timeout_ms, 0, true};
    esp_err_t set = esp_task_wdt_reconfigure(&config);
    if (set == ESP_ERR_INVALID_STATE) {
        set = esp_task_wdt_init(&config);
    }
    is_watched = set == ESP_OK && esp_task_wdt_add(nullptr) == ESP_OK;
    return is_watched;
}

void feed_watchdog() {
    if (is_watched) {
        esp_task_wdt_reset();
    }
}

}  // namespace mf_system

// One loop at a time is copied here from flash. Where there is no such memory, generated loops are not used.
mf::loop_memory &mf::executable_memory() {
    static mf::loop_memory memory = {};
    if (memory.at == nullptr) {
        const uint32_t kind = MALLOC_CAP_EXEC | MALLOC_CAP_32BIT;
        memory.at = static_cast<mf::word *>(heap_caps_aligned_alloc(16, mf_system::loop_octets, kind));
        memory.octets = memory.at == nullptr ? 0 : mf_system::loop_octets;
    }
    return memory;
}

#endif
