#include "core/exporters/class_list.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/exporters/class_drafts.h"
#include "core/exporters/foreign_class_lists.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace finebrush {

namespace {

using nlohmann::json;

constexpr uint64_t kMaxFileBytes = uint64_t{1} << 20;
constexpr int kMaxValue = kMaxClasses - 1;

bool isText(std::string_view text) {
    const auto isControl = [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\r' && c != '\n'; };
    return std::none_of(text.begin(), text.end(), isControl) && isUtf8(text);
}

ClassDrafts draftsOfLines(std::string_view text) {
    if (!isText(text)) return because("it is neither JSON nor a text with one name a line");
    if (auto foreign = draftsOfForeignList(text)) return std::move(*foreign);
    std::vector<ClassDraft> drafts;
    int64_t value = 0;
    for (const std::string& name : trimmedLines(text)) {
        if (!name.empty()) drafts.push_back({{}, name, {}, value});
        ++value;
    }
    return drafts;
}

/// The string of a key, if the entry has one.
std::optional<std::string> stringOf(const json& entry, const char* key) {
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

tl::expected<ClassDraft, std::string> draftOf(const json& entry, int64_t place) {
    const std::string where = "entry " + std::to_string(place + 1);
    if (entry.is_string()) return ClassDraft{{}, entry.get<std::string>(), {}, place};
    if (!entry.is_object()) return because(where + " is neither a name nor a class");

    ClassDraft draft{stringOf(entry, "id"), stringOf(entry, "name").value_or(""), {}, place};
    const char* colourKey = entry.contains("color") ? "color" : "colour";
    if (entry.contains(colourKey)) {
        draft.colour = colourFromHex(stringOf(entry, colourKey).value_or(""));
        if (!draft.colour) return because(where + " has a colour that is not of the form #rrggbb");
    }
    if (entry.contains("key")) {
        const std::string key = stringOf(entry, "key").value_or(" ");
        draft.key = classKeyFromText(key);
        if (*draft.key == 0 && !key.empty())
            return because(where + " has a key that is no digit and no letter");
    }
    if (const auto value = entry.find("value"); value != entry.end()) {
        if (!value->is_number_integer()) return because(where + " has a value that is not a whole number");
        draft.value = value->get<int64_t>();
    }
    return draft;
}

ClassDrafts draftsOfList(const json& list) {
    std::vector<ClassDraft> drafts;
    for (const json& entry : list) {
        tl::expected<ClassDraft, std::string> draft = draftOf(entry, static_cast<int64_t>(drafts.size()));
        if (!draft) return because(draft.error());
        drafts.push_back(std::move(*draft));
    }
    return drafts;
}

/// `{"0": "background", ...}`, in the order of the values.
ClassDrafts draftsOfNumberedNames(const json& names) {
    std::vector<ClassDraft> drafts;
    for (const auto& [key, name] : names.items()) {
        int64_t value = 0;
        const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), value);
        if (problem != std::errc() || end != key.data() + key.size())
            return because("“" + key + "” is no class value");
        if (!name.is_string()) return because("the name of class " + key + " is not a text");
        drafts.push_back({{}, name.get<std::string>(), {}, value});
    }
    std::ranges::sort(drafts, {}, &ClassDraft::value);
    return drafts;
}

ClassDrafts draftsOfJson(std::string_view text) {
    const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (document.is_discarded()) return because("it begins like JSON but is not well formed");
    if (document.is_array()) return draftsOfList(document);

    const auto classes = document.find("classes");
    if (classes == document.end() || !classes->is_structured()) return because("it has no “classes”");
    ClassDrafts drafts = classes->is_array() ? draftsOfList(*classes) : draftsOfNumberedNames(*classes);
    const auto ignored = document.find("ignore_value");
    if (drafts && ignored != document.end() && ignored->is_number_integer()) {
        std::erase_if(*drafts,
                      [&](const ClassDraft& draft) { return draft.value == ignored->get<int64_t>(); });
    }
    return drafts;
}

tl::expected<ClassTable, std::string> tableOf(const std::vector<ClassDraft>& drafts) {
    if (drafts.empty()) return because("it names no class");
    ClassTable table;
    const bool anyKey =
        std::ranges::any_of(drafts, [](const ClassDraft& draft) { return draft.key.has_value(); });
    for (const ClassDraft& draft : drafts) {
        const std::string value = std::to_string(draft.value);
        if (draft.value < 0 || draft.value > kMaxValue) {
            return because("the value " + value + " is not within 0 to " + std::to_string(kMaxValue));
        }
        LabelClass entry{draft.id.value_or(newClassId()), withoutOuterSpace(draft.name),
                         draft.colour.value_or(defaultColour(table.size())),
                         static_cast<uint8_t>(draft.value)};
        entry.key = anyKey ? draft.key.value_or(0) : defaultKey(table.size());
        if (entry.name.empty()) return because("the class of value " + value + " has no name");
        if (table.findValue(entry.value)) return because("two classes have the value " + value);
        if (table.find(entry.id)) return because("two classes have the id " + entry.id);
        if (table.findKey(entry.key)) return because("two classes have the key " + textOfKey(entry.key));
        table.insert(table.size(), entry);
    }
    return table;
}

}  // namespace

Result<ClassTable> parseClassList(std::string_view text, const std::string& source) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    const std::string head = withoutOuterSpace(text.substr(0, 64));
    const bool isJson = head.starts_with('{') || head.starts_with('[');
    const auto table = (isJson ? draftsOfJson(text) : draftsOfLines(text)).and_then(tableOf);
    if (!table) return failure(ErrorCode::ClassesMalformed, {source, table.error()});
    return *table;
}

Result<ClassTable> readClassList(const std::filesystem::path& file) {
    const Result<std::vector<uint8_t>> bytes = readFile(file, kMaxFileBytes);
    if (!bytes) return failure(bytes.error());
    return parseClassList({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, utf8(file));
}

std::string classListJson(const ClassTable& classes) {
    std::string text;
    for (const LabelClass& entry : classes.classes()) {
        const nlohmann::ordered_json line = {{"id", entry.id},
                                             {"name", entry.name},
                                             {"colour", toHex(entry.colour)},
                                             {"value", entry.value},
                                             {"key", textOfKey(entry.key)}};
        text += (text.empty() ? "[\n  " : ",\n  ") + line.dump();
    }
    return text.empty() ? "[]\n" : text + "\n]\n";
}

Result<void> exportClassList(const std::filesystem::path& file, const ClassTable& classes,
                             const InputFiles& inputs) {
    const std::string ending = file.extension().string();
    std::string (*write)(const ClassTable&) = ending == ".label" ? itkSnapLabels
                                              : ending == ".txt" ? cvatLabelMap
                                              : ending == ".qml" ? qgisStyle
                                                                 : classListJson;
    const Result<bool> written = writeTextExport(file, write(classes), inputs);
    return written ? Result<void>() : failure(written.error());
}

}  // namespace finebrush
