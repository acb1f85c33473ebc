#include "core/base/project_file_name.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace finebrush {

bool isProjectFileName(const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    const auto isOfLog = [&](const char* suffix) {
        return extension == std::string(kProjectExtension) + suffix;
    };
    return extension == kProjectExtension ||
           std::any_of(std::begin(kProjectLogSuffixes), std::end(kProjectLogSuffixes), isOfLog);
}

}  // namespace finebrush
