#pragma once

#include <filesystem>

namespace finebrush {

/// The name extension of project files, with its dot.
inline constexpr char kProjectExtension[] = ".finebrush";

/// What SQLite puts behind the name of a project file to name those beside it.
inline constexpr const char* kProjectLogSuffixes[] = {"-wal", "-shm", "-journal"};

/// True for the name of a project file or of one beside it. What looks for images or labels keeps its hands
/// off them: whoever closes a file takes from the whole process the locks that it holds on it (fcntl(2)).
bool isProjectFileName(const std::filesystem::path& file);

}  // namespace finebrush
