#include "core/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace finebrush {

void startLog(const char* processName) {
    auto logger = spdlog::stderr_color_mt(processName);
    logger->set_pattern("%H:%M:%S %n %^%l%$ %v");
    const char* level = std::getenv("FINEBRUSH_LOG");
    logger->set_level(level ? spdlog::level::from_str(level) : spdlog::level::info);
    spdlog::set_default_logger(logger);
}

void logDebug(const std::string& text) {
    spdlog::debug("{}", text);
}

void logInfo(const std::string& text) {
    spdlog::info("{}", text);
}

void logWarning(const std::string& text) {
    spdlog::warn("{}", text);
}

}  // namespace finebrush
