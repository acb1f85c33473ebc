#pragma once

#include "tests/layering/room_table.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace finebrush::layering {

/// A file of the product: its path from the root of the repository, and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

/// What a room's CMakeLists.txt says.
struct RoomTarget {
    std::set<std::string> linkedRooms;
    bool usesTorch = false;
};

/// Every .h, .cpp and CMakeLists.txt below app, core and ui, sorted by path.
std::vector<SourceFile> readSources(const std::filesystem::path& root);

/// "core/labels", "ui", or the file itself in app; the folders within a room belong to it.
std::string roomOf(const std::string& path);

/// The rooms' targets by room.
std::map<std::string, RoomTarget> readTargets(const std::vector<SourceFile>& files);

// Each rule gives a sentence for every breach, and nothing where the files keep it.

/// Includes follow the arrows of the table, and name files from the root.
std::vector<std::string> includeBreaches(const std::vector<SourceFile>& files);

/// Qt and LibTorch are included only where the table allows them.
std::vector<std::string> libraryBreaches(const std::vector<SourceFile>& files);

/// Images are opened by the readers of core/image alone, and no file is unpickled by LibTorch: both would run
/// foreign decoders on a stranger's file.
std::vector<std::string> forbiddenCallBreaches(const std::vector<SourceFile>& files);

/// A room's target links nothing that the table does not allow, links (itself or through others) all that its
/// files include, and is marked TORCH where the table says so.
std::vector<std::string> linkBreaches(const std::vector<SourceFile>& files);

}  // namespace finebrush::layering
