// What mf_system_freertos.cpp uses of ESP-IDF 5, with its names and types, so that a computer's compiler can check it.
// Written for this test; no part of an image.
#ifndef SHAPE_ESP_H
#define SHAPE_ESP_H

#include <stddef.h>
#include <stdint.h>

#define SOC_TEMP_SENSOR_SUPPORTED !CONFIG_IDF_TARGET_ESP32

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERR_INVALID_STATE 0x103

// freertos
typedef int BaseType_t;
typedef unsigned UBaseType_t;
typedef uint32_t TickType_t;
typedef struct tskTaskControlBlock *TaskHandle_t;
typedef struct QueueDefinition *SemaphoreHandle_t;
typedef void (*TaskFunction_t)(void *);
#define pdTRUE 1
#define pdPASS 1
#define portMAX_DELAY 0xffffffffu
extern "C" {
BaseType_t xTaskCreatePinnedToCore(TaskFunction_t, const char *, uint32_t, void *, UBaseType_t, TaskHandle_t *,
                                   BaseType_t);
uint32_t ulTaskNotifyTake(BaseType_t, TickType_t);
BaseType_t xTaskNotifyGive(TaskHandle_t);
void vTaskDelay(TickType_t);
SemaphoreHandle_t xSemaphoreCreateMutex(void);
BaseType_t xSemaphoreTake(SemaphoreHandle_t, TickType_t);
BaseType_t xSemaphoreGive(SemaphoreHandle_t);

// esp_timer, esp_heap_caps
int64_t esp_timer_get_time(void);
void *heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps);
#define MALLOC_CAP_EXEC (1 << 0)
#define MALLOC_CAP_32BIT (1 << 1)

// esp_task_wdt
typedef struct {
    uint32_t timeout_ms;
    uint32_t idle_core_mask;
    bool trigger_panic;
} esp_task_wdt_config_t;
esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *);
esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *);
esp_err_t esp_task_wdt_add(TaskHandle_t);
esp_err_t esp_task_wdt_reset(void);

// driver/temperature_sensor
typedef struct temperature_sensor_obj_t *temperature_sensor_handle_t;
typedef struct {
    int range_min, range_max, clk_src;
} temperature_sensor_config_t;
#define TEMPERATURE_SENSOR_CONFIG_DEFAULT(min, max) {min, max, 0}
esp_err_t temperature_sensor_install(const temperature_sensor_config_t *, temperature_sensor_handle_t *);
esp_err_t temperature_sensor_enable(temperature_sensor_handle_t);
esp_err_t temperature_sensor_get_celsius(temperature_sensor_handle_t, float *);

// sha
typedef enum { SHA1, SHA2_256, SHA2_384, SHA2_512 } esp_sha_type;
bool esp_sha_try_lock_engine(esp_sha_type);
void esp_sha_unlock_engine(esp_sha_type);
void esp_sha_acquire_hardware(void);
void esp_sha_release_hardware(void);
}

#endif
