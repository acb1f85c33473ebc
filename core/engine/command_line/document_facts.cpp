#include "core/engine/command_line/document_facts.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exporters/class_drafts.h"
#include "core/exporters/class_list.h"
#include "core/exporters/foreign_class_lists.h"
#include "core/importers/json_outline.h"
#include "core/importers/label_shapes.h"
#include "core/importers/vector_importer.h"
#include "core/messages/adapter_config.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace finebrush {

namespace {

constexpr std::streamsize kHeadBytes = 4096;
constexpr size_t kMostNames = 64;  // of labels and classes that are listed
constexpr uint64_t kMaxListBytes = uint64_t{1} << 20;

/// The first bytes of a file.
std::string headOf(const std::filesystem::path& file) {
    std::string head(static_cast<size_t>(kHeadBytes), '\0');
    std::ifstream bytes(file, std::ios::binary);
    bytes.read(head.data(), kHeadBytes);
    head.resize(static_cast<size_t>(bytes.gcount()));
    return head;
}

bool isText(const std::string& head) {
    const auto isControl = [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\r' && c != '\n'; };
    return !head.empty() && std::ranges::none_of(head, isControl);
}

tl::unexpected<Error> unknown(const std::filesystem::path& file, std::string reason) {
    return failure(ErrorCode::FileKindUnknown, {utf8(file), std::move(reason)});
}

/// What is behind "these labels cannot be read" or "the class list cannot be read".
std::string reasonOf(const Error& error) {
    return error.arguments.empty() ? describe(error) : error.arguments.back();
}

/// The names with how often each comes, where they are few enough to be looked at.
Facts countsOf(const std::map<std::string, int64_t>& counts) {
    return counts.size() > kMostNames ? Facts(counts.size()) : Facts(counts);
}

Facts labelmeFacts(const JsonOutline& outline) {
    return {{"kind", "labelme annotations"},
            {"image", textOf(outline.top, "imagePath")},
            {"width", outline.top.value("imageWidth", nlohmann::json())},
            {"height", outline.top.value("imageHeight", nlohmann::json())},
            {"shapes", outline.entriesOf("shapes")},
            {"labels", countsOf(outline.labels)}};
}

Facts cocoFacts(const JsonOutline& outline) {
    return {{"kind", "COCO annotations"},
            {"images", outline.entriesOf("images")},
            {"categories", outline.entriesOf("categories")},
            {"objects", outline.entriesOf("annotations")},
            {"as_polygons", outline.outlines},
            {"as_run_lengths", outline.runLengths}};
}

Facts keyMapFacts(const JsonOutline& outline) {
    return {{"kind", "key map of Finebrush"},
            {"profile", textOf(outline.top, "profile")},
            {"changed_commands", outline.entriesOf("keys")}};
}

Result<Facts> vectorFacts(const std::filesystem::path& file) {
    const auto summary = summaryOfVectors(file);
    if (!summary) return failure(summary.error());
    Facts facts = {{"kind", "vector file"},
                   {"format", summary->format},
                   {"areas", summary->areas},
                   {"without_area", summary->withoutArea},
                   {"columns", summary->columns},
                   {"class_column", summary->classColumn.empty() ? Facts() : Facts(summary->classColumn)},
                   {"classes", countsOf(summary->classes)}};
    if (!summary->referenceSystem.empty()) facts["reference_system"] = summary->referenceSystem;
    return facts;
}

Result<Facts> configFacts(const std::filesystem::path& file) {
    auto bytes = readFile(file, kMaxListBytes);
    if (!bytes) return failure(bytes.error());
    messages::AdapterFiles files;
    files[messages::kAdapterConfigFile] = std::move(*bytes);
    const auto config = messages::readAdapterConfig(files, utf8(file));
    if (!config) return failure(config.error());
    Facts classes = Facts::array();
    for (const messages::ClassInfo& entry : config->classes)
        classes.push_back({{"value", entry.value}, {"name", entry.name}, {"colour", entry.colour}});
    return Facts{{"kind", "configuration of an adapter"},
                 {"method", config->settings.method},
                 {"base", config->baseName},
                 {"base_sha256", config->baseSha256},
                 {"classes", std::move(classes)},
                 {"note", "info of its folder tells the adapter"}};
}

/// `form` is what the list is written in.
Result<Facts> classListFacts(const std::filesystem::path& file, const char* form) {
    const auto list = readClassList(file);
    if (!list && list.error().code != ErrorCode::ClassesMalformed) return failure(list.error());
    if (!list) return unknown(file, formatted("as a class list, %s", reasonOf(list.error()).c_str()));
    Facts classes = Facts::array();
    for (const LabelClass& entry : list->classes())
        classes.push_back({{"value", entry.value}, {"name", entry.name}, {"colour", toHex(entry.colour)}});
    return Facts{{"kind", "class list"}, {"form", form}, {"classes", std::move(classes)}};
}

Result<Facts> jsonFacts(const std::filesystem::path& file) {
    const auto outline = outlineOfJson(file);
    if (!outline && outline.error().code != ErrorCode::LabelsMalformed) return failure(outline.error());
    if (!outline) return unknown(file, reasonOf(outline.error()));
    const nlohmann::json& top = outline->top;
    if (top.is_array()) return classListFacts(file, "JSON");
    const auto holds = [&](const char* key) { return top.contains(key); };
    if (textOf(top, "format") == "finebrush-keys") return keyMapFacts(*outline);
    if (holds("shapes")) return labelmeFacts(*outline);
    if (holds("images") && holds("annotations")) return cocoFacts(*outline);
    if (holds("peft_type") || holds("finebrush")) return configFacts(file);
    if (holds("_via_img_metadata"))
        return unknown(file, "it is a project of VIA; export its annotations as COCO");
    if (holds("type")) return vectorFacts(file);
    if (holds("classes")) return classListFacts(file, "JSON");
    return unknown(file, "it is JSON, but neither annotations, a class list, a key map nor an adapter");
}

Facts tableFacts(const std::string& head) {
    return {{"kind", "table"},
            {"columns", head.substr(0, head.find_first_of("\r\n"))},
            {"note", "Finebrush writes tables of labels, training and runs, and reads none"}};
}

/// The form of a class list of another program.
const char* formOf(const std::string& text) {
    if (withoutOuterSpace(text).starts_with('<')) return "QGIS raster style";
    return text.find("# label:color_rgb") == std::string::npos ? "ITK-SNAP label descriptions"
                                                               : "CVAT label map";
}

Result<Facts> textFacts(const std::filesystem::path& file, const std::string& head) {
    if (file.extension() == ".csv") return tableFacts(head);
    const auto bytes = readFile(file, kMaxListBytes);
    const std::string text = bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
    if (draftsOfForeignList(text)) return classListFacts(file, formOf(text));
    if (bytes && file.extension() == ".txt") return classListFacts(file, "one name a line");
    return unknown(file, "it is a text that nothing is read from");
}

}  // namespace

bool isDatabase(const std::filesystem::path& file) {
    return headOf(file).starts_with("SQLite format 3");
}

Result<std::optional<Facts>> documentFacts(const std::filesystem::path& file) {
    const auto some = [](Facts facts) { return std::optional<Facts>(std::move(facts)); };
    if (hasVectorEnding(file)) return vectorFacts(file).map(some);
    const std::string head = headOf(file);
    if (!isText(head)) return std::optional<Facts>();
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const size_t begin = head.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    const std::string start = withoutOuterSpace(std::string_view(head).substr(begin));
    const bool isJson = start.starts_with('{') || start.starts_with('[');
    return (isJson ? jsonFacts(file) : textFacts(file, head.substr(begin))).map(some);
}

}  // namespace finebrush
