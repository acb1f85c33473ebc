# Finds LibTorch inside PyPI's torch wheel (.deps, filled by packaging/setup.sh), or where TORCH_DIR says.
# Links libtorch_cpu and libc10 only: libtorch_cuda is opened at start-up where it is there, so one binary serves both.
set(_torch_hints ${TORCH_DIR} $ENV{TORCH_DIR})
file(GLOB _torch_in_deps ${CMAKE_SOURCE_DIR}/.deps/venv/lib/python3*/site-packages/torch)
list(APPEND _torch_hints ${_torch_in_deps})

find_path(LibTorch_INCLUDE_DIR torch/script.h HINTS ${_torch_hints} PATH_SUFFIXES include NO_DEFAULT_PATH)
find_library(LibTorch_CPU torch_cpu HINTS ${_torch_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)
find_library(LibTorch_C10 c10 HINTS ${_torch_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
    REQUIRED_VARS LibTorch_INCLUDE_DIR LibTorch_CPU LibTorch_C10
    REASON_FAILURE_MESSAGE "Run packaging/setup.sh first, or set TORCH_DIR to a LibTorch of version 2.4 or newer.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
    add_library(LibTorch::LibTorch INTERFACE IMPORTED)
    target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
        ${LibTorch_INCLUDE_DIR} ${LibTorch_INCLUDE_DIR}/torch/csrc/api/include)
    target_link_libraries(LibTorch::LibTorch INTERFACE ${LibTorch_CPU} ${LibTorch_C10})
endif()
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_CPU LibTorch_C10)
