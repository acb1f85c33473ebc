#pragma once

#include "core/labels/class_table.h"
#include "core/project/database/row_walk.h"
#include "core/project/edits/edit.h"
#include "core/project/project_contents.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

namespace finebrush {

/// Why a file is no sound project.
struct MalformedProject : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The size of an image of the project; nothing where it has no such image.
using ImageSizes = std::function<std::optional<PixelSize>(const ImageId&)>;

/// The newest part of the journal, with all that is undone; older edits stay in the file until they are
/// asked for, since a person seldom goes back that far and a project may have millions.
/// Throws MalformedProject, SQLite::Exception.
History readNewestEdits(SQLite::Database& database, const ClassTable& classes, const ImageSizes& sizes);

/// The edits of these numbers, none of them undone. Throws MalformedProject, SQLite::Exception.
EditList readEdits(SQLite::Database& database, int64_t first, int64_t last);

/// All of the journal that can still be walked through from the present state; renumbered from 1.
History salvageEdits(RowWalk& walk, const ClassTable& classes, const ImageSizes& sizes);

/// Throws std::exception where edits, of which the first `done` lead to the present state, do not fit it.
void requireEditsFit(const EditList& edits, size_t done, const ClassTable& classes, const ImageSizes& sizes);

}  // namespace finebrush
