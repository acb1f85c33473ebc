#include "core/importers/coco_importer.h"

#include "core/importers/coco_runs.h"
#include "core/importers/image_names.h"
#include "core/importers/import_errors.h"
#include "core/importers/label_shapes.h"
#include "core/importers/mask_painter.h"
#include "core/labels/polygon_fill.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace finebrush {

namespace {

using nlohmann::json;

/// An image of the file that the project has, and what the file says of it.
struct Sheet {
    size_t target = 0;
    std::optional<Error> problem;
    std::vector<const json*> annotations;
};

/// Fills the pixels of a run that goes down the columns, whole columns at once.
void fillRun(int64_t first, int64_t end, MaskPainter& painter, uint8_t value) {
    const int64_t height = painter.size().height;
    while (first < end) {
        const int64_t x = first / height, y = first % height;
        const int64_t rows = std::min(end - first, height - y);
        const int64_t columns = rows == height ? (end - first) / height : 1;
        painter.fill(RectInImage{static_cast<int>(x), static_cast<int>(y), static_cast<int>(columns),
                                 static_cast<int>(rows)},
                     value);
        first += rows * columns;
    }
}

/// Paints runs that go down the columns, outside and inside in turn; false where they do not fill the image.
bool paintRuns(const std::vector<int64_t>& runs, MaskPainter& painter, uint8_t value) {
    const PixelSize size = painter.size();
    int64_t position = 0;
    bool inside = false;
    for (const int64_t run : runs) {
        if (run < 0 || run > size.area() - position) return false;
        if (inside) fillRun(position, position + run, painter, value);
        position += run;
        inside = !inside;
    }
    return position == size.area();
}

std::optional<std::vector<int64_t>> runsOf(const json& counts) {
    if (counts.is_string()) return cocoRunsFrom(counts.get<std::string>());
    if (!counts.is_array()) return std::nullopt;
    std::vector<int64_t> runs;
    for (const json& run : counts) {
        if (!run.is_number_integer()) return std::nullopt;
        runs.push_back(run.get<int64_t>());
    }
    return runs;
}

/// False where the segmentation is of no known form.
bool paint(const json& segmentation, MaskPainter& painter, uint8_t value) {
    if (segmentation.is_object()) {
        const PixelSize size = painter.size();
        if (!segmentation.contains("counts") || !segmentation.contains("size")) return false;
        if (segmentation.at("size") != json({size.height, size.width})) return false;
        const auto runs = runsOf(segmentation.at("counts"));
        return runs && paintRuns(*runs, painter, value);
    }
    if (!segmentation.is_array()) return false;
    for (const json& polygon : segmentation) {
        const auto points = flatPointsFrom(polygon);
        if (!points) return false;
        painter.fill(polygonRegion(*points, painter.size()), value);
    }
    return true;
}

/// Reads one file.
class CocoReader {
  public:
    CocoReader(const std::filesystem::path& file, const std::vector<ImportTarget>& targets)
        : file_(file), targets_(targets) {}

    LabelImport read(const json& document) {
        readCategories(document.value("categories", json::array()));
        readImages(document.at("images"));
        for (const json& annotation : document.at("annotations")) {
            const auto id = annotation.is_object() ? numberOf(annotation, "image_id") : std::nullopt;
            const auto sheet = id ? sheets_.find(*id) : sheets_.end();
            if (sheet != sheets_.end()) sheet->second.annotations.push_back(&annotation);
        }
        return result();
    }

  private:
    void readCategories(const json& categories) {
        for (const json& category : categories) {
            const auto id = category.is_object() ? numberOf(category, "id") : std::nullopt;
            if (id) names_[*id] = textOf(category, "name");
        }
    }

    void readImages(const json& images) {
        for (const json& image : images) {
            const auto id = image.is_object() ? numberOf(image, "id") : std::nullopt;
            const auto target = id ? targetNamed(textOf(image, "file_name"), targets_) : std::nullopt;
            if (!target) {
                ++otherImages_;
                continue;
            }
            const PixelSize size = targets_[*target].size;
            const PixelSize claimed{static_cast<int>(numberOf(image, "width").value_or(size.width)),
                                    static_cast<int>(numberOf(image, "height").value_or(size.height))};
            Sheet sheet{*target, std::nullopt, {}};
            if (claimed != size) sheet.problem = otherSize(textOf(image, "file_name"), claimed, size).value();
            sheets_.insert_or_assign(*id, std::move(sheet));
        }
    }

    /// Why an annotation is refused; nothing where it was painted.
    std::optional<Error> paintAnnotation(const json& annotation, MaskPainter& painter) const {
        const auto name = names_.find(numberOf(annotation, "category_id").value_or(-1));
        if (name == names_.end() || name->second.empty())
            return refusal(annotation, "is of no category that the file names");
        const auto value = painter.valueOf(name->second);
        if (!value) return refusal(annotation, "is of one category too many");
        if (!paint(annotation.value("segmentation", json()), painter, *value))
            return refusal(annotation, "has a shape that does not fit its image");
        return std::nullopt;
    }

    Error refusal(const json& annotation, const std::string& reason) const {
        const auto id = numberOf(annotation, "id");
        const std::string which = id ? std::to_string(*id) : "without an id";
        return badLabels(file_, "annotation " + which + " " + reason).value();
    }

    void paintSheet(const Sheet& sheet, LabelImport& import) const {
        std::optional<Error> problem = sheet.problem;
        MaskPainter painter(targets_[sheet.target].size);
        for (size_t i = 0; i < sheet.annotations.size() && !problem; ++i)
            problem = paintAnnotation(*sheet.annotations[i], painter);
        if (problem) {
            import.problems.push_back(std::move(*problem));
        } else {
            import.images.push_back(painter.take(sheet.target));
        }
    }

    LabelImport result() {
        LabelImport import;
        for (const auto& [id, sheet] : sheets_) paintSheet(sheet, import);
        if (sheets_.empty()) {
            import.problems.push_back({ErrorCode::LabelsNoImage, {utf8(file_)}, {}});
        } else if (otherImages_ > 0) {
            import.problems.push_back(
                {ErrorCode::LabelsOtherImages, {utf8(file_), std::to_string(otherImages_)}, {}});
        }
        return import;
    }

    const std::filesystem::path& file_;
    const std::vector<ImportTarget>& targets_;
    std::map<int64_t, std::string> names_;
    std::map<int64_t, Sheet> sheets_;
    int64_t otherImages_ = 0;
};

}  // namespace

LabelImport importCoco(const std::filesystem::path& file, const json& document,
                       const std::vector<ImportTarget>& targets) {
    const bool isSound = document.at("images").is_array() && document.at("annotations").is_array();
    if (!isSound) return {{}, {badLabels(file, "its “images” or “annotations” are no list").value()}};
    return CocoReader(file, targets).read(document);
}

}  // namespace finebrush
