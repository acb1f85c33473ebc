#include "core/exporters/foreign_class_lists.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_minixml.h>
#include <cpl_string.h>
#include <memory>
#include <sstream>
#include <utility>

namespace finebrush {

namespace {

constexpr std::string_view kLabelMapHead = "# label:color_rgb";
constexpr std::string_view kClearLabel = "Clear Label";

std::optional<int64_t> wholeNumber(std::string_view text) {
    const std::string trimmed = withoutOuterSpace(text);
    int64_t number = 0;
    const char* end = trimmed.data() + trimmed.size();
    const auto [stop, problem] = std::from_chars(trimmed.data(), end, number);
    if (problem != std::errc() || stop != end) return std::nullopt;
    return number;
}

std::optional<Colour> colourOf(int64_t red, int64_t green, int64_t blue) {
    for (const int64_t part : {red, green, blue}) {
        if (part < 0 || part > 255) return std::nullopt;
    }
    return Colour{static_cast<uint8_t>(red), static_cast<uint8_t>(green), static_cast<uint8_t>(blue)};
}

/// A line such as: 1  255 0 0  1  1 1  "liver".
std::optional<ClassDraft> itkSnapDraft(const std::string& line) {
    const size_t open = line.find('"'), close = line.rfind('"');
    if (open == std::string::npos || close == open) return std::nullopt;
    std::istringstream numbers(line.substr(0, open));
    int64_t value = 0, red = 0, green = 0, blue = 0, visible = 0, mesh = 0;
    double alpha = 0;
    if (!(numbers >> value >> red >> green >> blue >> alpha >> visible >> mesh)) return std::nullopt;
    const auto colour = colourOf(red, green, blue);
    if (!colour) return std::nullopt;
    return ClassDraft{{}, line.substr(open + 1, close - open - 1), colour, value};
}

bool isComment(const std::string& line) {
    return line.empty() || line.starts_with('#');
}

std::optional<ClassDrafts> draftsOfItkSnap(const std::vector<std::string>& lines) {
    std::vector<ClassDraft> drafts;
    bool isFirst = true;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (isComment(lines[i])) continue;
        const auto draft = itkSnapDraft(lines[i]);
        if (!draft && isFirst) return std::nullopt;
        if (!draft) return because("line " + std::to_string(i + 1) + " is no label of ITK-SNAP");
        isFirst = false;
        if (draft->name != kClearLabel) drafts.push_back(*draft);
    }
    if (isFirst) return std::nullopt;
    return drafts;
}

/// label:r,g,b:parts:actions
std::optional<ClassDraft> labelMapDraft(const std::string& line, int64_t place) {
    const size_t nameEnd = line.find(':');
    if (nameEnd == std::string::npos) return std::nullopt;
    ClassDraft draft{{}, line.substr(0, nameEnd), {}, place};
    const std::string colour = line.substr(nameEnd + 1, line.find(':', nameEnd + 1) - nameEnd - 1);
    if (colour.empty()) return draft;
    const std::vector<std::string_view> parts = split(colour, ',');
    if (parts.size() != 3) return std::nullopt;
    const auto red = wholeNumber(parts[0]), green = wholeNumber(parts[1]), blue = wholeNumber(parts[2]);
    if (!red || !green || !blue) return std::nullopt;
    draft.colour = colourOf(*red, *green, *blue);
    return draft.colour ? std::optional(draft) : std::nullopt;
}

ClassDrafts draftsOfLabelMap(const std::vector<std::string>& lines) {
    std::vector<ClassDraft> drafts;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (isComment(lines[i])) continue;
        auto draft = labelMapDraft(lines[i], std::ssize(drafts));
        if (!draft) return because("line " + std::to_string(i + 1) + " is not of the form name:r,g,b::");
        drafts.push_back(std::move(*draft));
    }
    return drafts;
}

/// Collects what gives a value its colour, wherever it is in the style: the entries of a palette, and of a
/// ramp. False where a ramp mixes the colours of values that lie between.
bool collectEntries(const CPLXMLNode* node, bool isInRamp, std::vector<const CPLXMLNode*>& entries) {
    for (; node; node = node->psNext) {
        if (node->eType != CXT_Element) continue;
        const std::string_view name(node->pszValue);
        if (name == "paletteEntry" || (isInRamp && name == "item")) entries.push_back(node);
        const bool isRamp = name == "colorrampshader";
        const std::string_view kind(isRamp ? CPLGetXMLValue(node, "colorRampType", "INTERPOLATED") : "");
        if (isRamp && kind != "DISCRETE" && kind != "EXACT") return false;
        if (!collectEntries(node->psChild, isRamp, entries)) return false;
    }
    return true;
}

tl::expected<ClassDraft, std::string> qgisDraft(const CPLXMLNode* entry) {
    const char* value = CPLGetXMLValue(entry, "value", "");
    const auto number = wholeNumber(value);
    const auto colour = colourFromHex(CPLGetXMLValue(entry, "color", ""));
    if (!number) return because(formatted("the value “%s” of its style is not a whole number", value));
    if (!colour)
        return because(formatted("the value %s has a colour that is not of the form #rrggbb", value));
    return ClassDraft{{}, CPLGetXMLValue(entry, "label", ""), colour, *number};
}

ClassDrafts draftsOfQgis(std::string_view text) {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    const std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> root(
        CPLParseXMLString(std::string(text).c_str()), &CPLDestroyXMLNode);
    CPLPopErrorHandler();
    if (!root) return because("it is no well-formed XML");
    std::vector<const CPLXMLNode*> entries;
    if (!collectEntries(root.get(), false, entries))
        return because("the colours of its style run into one another, which classes do not");
    if (entries.empty()) return because("the style has no colours of class numbers");
    std::vector<ClassDraft> drafts;
    for (const CPLXMLNode* entry : entries) {
        auto draft = qgisDraft(entry);
        if (!draft) return because(draft.error());
        drafts.push_back(std::move(*draft));
    }
    return drafts;
}

std::vector<LabelClass> byValue(const ClassTable& classes) {
    std::vector<LabelClass> sorted = classes.classes();
    std::ranges::sort(sorted, {}, &LabelClass::value);
    return sorted;
}

/// A name without characters that a format cannot hold.
std::string without(std::string name, std::string_view characters) {
    std::ranges::replace_if(
        name, [&](char c) { return characters.find(c) != std::string_view::npos; }, ' ');
    return name;
}

std::string xmlText(const std::string& text) {
    const std::unique_ptr<char, decltype(&VSIFree)> escaped(
        CPLEscapeString(text.c_str(), -1, CPLES_XML_BUT_QUOTES), &VSIFree);
    std::string quoted;
    for (const char c : std::string(escaped.get())) quoted += c == '"' ? "&quot;" : std::string(1, c);
    return quoted;
}

}  // namespace

std::optional<ClassDrafts> draftsOfForeignList(std::string_view text) {
    if (withoutOuterSpace(text.substr(0, 64)).starts_with('<')) return draftsOfQgis(text);
    const std::vector<std::string> lines = trimmedLines(text);
    const bool isLabelMap =
        std::ranges::any_of(lines, [](const std::string& line) { return line.starts_with(kLabelMapHead); });
    if (isLabelMap) return draftsOfLabelMap(lines);
    return draftsOfItkSnap(lines);
}

std::string itkSnapLabels(const ClassTable& classes) {
    std::string text =
        "################################################\n"
        "# ITK-SnAP Label Description File\n"
        "# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL\n"
        "################################################\n";
    if (!classes.findValue(0)) text += "    0     0    0    0        0  0  0    \"Clear Label\"\n";
    for (const LabelClass& entry : byValue(classes)) {
        const Colour& colour = entry.colour;
        text += formatted("%5d %5d %4d %4d        1  1  1    \"%s\"\n", entry.value, colour.red, colour.green,
                          colour.blue, without(entry.name, "\"\n").c_str());
    }
    return text;
}

std::string cvatLabelMap(const ClassTable& classes) {
    std::string text = std::string(kLabelMapHead) + ":parts:actions\n";
    for (const LabelClass& entry : byValue(classes)) {
        text += formatted("%s:%d,%d,%d::\n", without(entry.name, ":\n").c_str(), entry.colour.red,
                          entry.colour.green, entry.colour.blue);
    }
    return text;
}

std::string qgisStyle(const ClassTable& classes) {
    std::string text =
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        "<qgis version=\"3.22\" styleCategories=\"Symbology\">\n <pipe>\n"
        "  <rasterrenderer type=\"paletted\" band=\"1\" opacity=\"1\" alphaBand=\"-1\">\n"
        "   <colorPalette>\n";
    for (const LabelClass& entry : byValue(classes)) {
        text += formatted("    <paletteEntry value=\"%d\" color=\"%s\" alpha=\"255\" label=\"%s\"/>\n",
                          entry.value, toHex(entry.colour).c_str(), xmlText(entry.name).c_str());
    }
    return text + "   </colorPalette>\n  </rasterrenderer>\n </pipe>\n</qgis>\n";
}

}  // namespace finebrush
