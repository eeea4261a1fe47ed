# Belongs into CMake/Modules of an nf-interpreter tree, beside InteropAssemblies/MicroFirmware.Native. The kernels are
# taken from InteropAssemblies/MicroFirmware.Native/kernels.

set(BASE_PATH_FOR_THIS_MODULE ${PROJECT_SOURCE_DIR}/InteropAssemblies/MicroFirmware.Native)

list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${PROJECT_SOURCE_DIR}/src/CLR/Core)
list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${PROJECT_SOURCE_DIR}/src/CLR/Include)
list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${PROJECT_SOURCE_DIR}/src/HAL/Include)
list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${PROJECT_SOURCE_DIR}/src/PAL/Include)
list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${BASE_PATH_FOR_THIS_MODULE})
list(APPEND MicroFirmware.Native_INCLUDE_DIRS ${BASE_PATH_FOR_THIS_MODULE}/kernels)

# The worker that does not fit the platform compiles to nothing.
set(MicroFirmware.Native_SRCS
    MicroFirmware_Native.cpp
    MicroFirmware_Native_MicroFirmware_Native_NativeScan.cpp
    mf_task.cpp
    mf_system_freertos.cpp
    mf_system_posix.cpp
)

foreach(SRC_FILE ${MicroFirmware.Native_SRCS})
    set(MicroFirmware.Native_SRC_FILE SRC_FILE-NOTFOUND)
    find_file(MicroFirmware.Native_SRC_FILE ${SRC_FILE}
        PATHS ${BASE_PATH_FOR_THIS_MODULE}
        CMAKE_FIND_ROOT_PATH_BOTH
    )
    list(APPEND MicroFirmware.Native_SOURCES ${MicroFirmware.Native_SRC_FILE})
endforeach()

# The image is built with -Os; the scanners' loops are unrolled and want more.
set_source_files_properties(
    ${BASE_PATH_FOR_THIS_MODULE}/mf_system_freertos.cpp
    ${BASE_PATH_FOR_THIS_MODULE}/mf_system_posix.cpp
    PROPERTIES COMPILE_OPTIONS "-O3;-std=gnu++17"
)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    INTEROP-MicroFirmware.Native DEFAULT_MSG MicroFirmware.Native_INCLUDE_DIRS MicroFirmware.Native_SOURCES)
