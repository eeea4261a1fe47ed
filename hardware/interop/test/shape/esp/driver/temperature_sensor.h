#include "../esp_shape.h"
