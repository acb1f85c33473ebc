#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace finebrush {

/// Reads a class list in any of these forms, told apart by what the text holds. `source` names the text in
/// errors. Errors: ClassesMalformed with the reason.
///
/// A JSON list of `{"id", "name", "colour": "#rrggbb", "value", "key"}`, where only the name is needed (the
/// value is then the place in the list, the colour the next of the default palette, the id a new one, the key
/// that of the place where no class of the list has one), or of plain names.
///
/// A JSON object with "classes": such a list, or `{"0": "background", "1": "nucleus"}`; a class of the value
/// that "ignore_value" names is left out, since its pixels are not to be learned.
///
/// Text with one name a line, where the value is the line's number from 0 and an empty line leaves its value
/// free.
///
/// What `draftsOfForeignList` reads: ITK-SNAP, CVAT, QGIS.
Result<ClassTable> parseClassList(std::string_view text, const std::string& source);

/// Reads a class list file. Errors: as `parseClassList` and `readFile`.
Result<ClassTable> readClassList(const std::filesystem::path& file);

/// The classes in the first form, complete, one class a line.
std::string classListJson(const ClassTable& classes);

/// Writes the form that the ending asks for: .label (ITK-SNAP), .txt (labelmap of CVAT), .qml (QGIS), else
/// `classListJson`. Errors: as `writeExport`.
Result<void> exportClassList(const std::filesystem::path& file, const ClassTable& classes,
                             const InputFiles& inputs);

}  // namespace finebrush
