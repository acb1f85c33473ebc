#include "core/engine/devices.h"

#include "core/base/log.h"

#include <algorithm>
#include <dlfcn.h>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace finebrush {

namespace {

std::string processorName() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
    }
    return "CPU";
}

}  // namespace

void openCudaLibraries() {
    if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) logDebug(std::string("no CUDA: ") + dlerror());
}

std::vector<messages::DeviceInfo> availableDevices() {
    const int64_t memory = int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGE_SIZE);
    std::vector<messages::DeviceInfo> devices = {{"cpu", processorName(), memory}};
    const int count = torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
    for (int i = 0; i < count; ++i) {
        const std::string name = "cuda:" + std::to_string(i);
        devices.push_back({name, "NVIDIA GPU " + std::to_string(i), 0});
    }
    return devices;
}

Result<torch::Device> deviceNamed(const std::string& name) {
    if (name == "cpu") return torch::Device(torch::kCPU);
    const std::vector<messages::DeviceInfo> devices = availableDevices();
    if (name == "auto") return torch::Device(devices.back().name == "cpu" ? "cpu" : "cuda:0");
    const std::string wanted = name == "cuda" ? "cuda:0" : name;
    const bool known = std::any_of(devices.begin(), devices.end(),
                                   [&](const messages::DeviceInfo& device) { return device.name == wanted; });
    if (!known) return failure(ErrorCode::DeviceMissing, {name});
    return torch::Device(wanted);
}

int useThreads(int wanted) {
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const int threads = wanted > 0 ? wanted : cores;
    torch::set_num_threads(threads);
    return threads;
}

}  // namespace finebrush
