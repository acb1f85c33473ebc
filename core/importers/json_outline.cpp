#include "core/importers/json_outline.h"

#include "core/importers/import_errors.h"
#include "core/importers/label_shapes.h"

#include <fstream>
#include <system_error>

namespace finebrush {

namespace {

using nlohmann::json;
using Event = json::parse_event_t;

constexpr char kPicture[] = "imageData";  // of labelme, in base64

bool begins(Event event) {
    return event == Event::object_start || event == Event::array_start || event == Event::value;
}

/// Counts while the parser goes through a document, and tells it what to keep.
class Counter {
  public:
    explicit Counter(JsonOutline& outline) : outline_(outline) {}

    bool keeps(int depth, Event event, const json& parsed) {
        if (depth == 0 && event == Event::array_start) isList_ = true;
        if (isList_) {
            if (depth == 1 && begins(event)) ++outline_.entries[""];
            return depth == 0;
        }
        if (depth == 0) return true;
        if (depth == 1) return keepsSection(event, parsed);
        if (depth == 2) return keepsEntry(event, parsed);
        return depth == 3 && keepsPart(event, parsed);
    }

  private:
    /// A key of the outermost level, and what it leads to.
    bool keepsSection(Event event, const json& parsed) {
        if (event == Event::key) section_ = parsed.get<std::string>();
        if (event == Event::array_start || event == Event::object_start) {
            sectionIsList_ = event == Event::array_start;
            outline_.entries[section_] = 0;
        }
        return event != Event::key || section_ != kPicture;
    }

    bool keepsEntry(Event event, const json& parsed) {
        const bool isNew = sectionIsList_ ? begins(event) : event == Event::key;
        if (isNew) ++outline_.entries[section_];
        if (section_ != "shapes" || !sectionIsList_) return false;
        if (event == Event::object_end) ++outline_.labels[textOf(parsed, "label")];
        return event == Event::object_start;
    }

    bool keepsPart(Event event, const json& parsed) {
        if (event == Event::key) part_ = parsed.get<std::string>();
        if (section_ == "annotations" && part_ == "segmentation") {
            if (event == Event::array_start) ++outline_.outlines;
            if (event == Event::object_start) ++outline_.runLengths;
        }
        return part_ == "label" && (event == Event::key || event == Event::value);
    }

    JsonOutline& outline_;
    bool isList_ = false;
    bool sectionIsList_ = false;
    std::string section_, part_;
};

}  // namespace

int64_t JsonOutline::entriesOf(const std::string& key) const {
    const auto found = entries.find(key);
    return found == entries.end() ? 0 : found->second;
}

Result<JsonOutline> outlineOfJson(const std::filesystem::path& file) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem) return failure(ErrorCode::FileMissing, {utf8(file)}, problem.message());
    if (size > kMaxJsonBytes) return badLabels(file, "it is larger than 1 GiB");
    std::ifstream text(file, std::ios::binary);
    if (!text) return failure(ErrorCode::FileNotReadable, {utf8(file)});
    JsonOutline outline;
    Counter counter(outline);
    const auto keeps = [&](int depth, Event event, const json& parsed) {
        return counter.keeps(depth, event, parsed);
    };
    outline.top = json::parse(text, keeps, /*allow_exceptions=*/false);
    if (outline.top.is_discarded()) return badLabels(file, "it is not well-formed JSON");
    return outline;
}

}  // namespace finebrush
