#include "core/labels/class_table.h"

#include "core/base/uuid.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace finebrush {

namespace {

// Okabe and Ito, "Color Universal Design" (2008), sky blue first, since the first class is most often the
// background. Their black is a light grey here: black cannot be seen over dark images, and has no darker
// turn. A mid grey is the green of people who are green-blind.
constexpr std::array<Colour, 8> kOkabeIto = {{{0x56, 0xb4, 0xe9},
                                              {0xe6, 0x9f, 0x00},
                                              {0x00, 0x9e, 0x73},
                                              {0xd5, 0x5e, 0x00},
                                              {0xf0, 0xe4, 0x42},
                                              {0x00, 0x72, 0xb2},
                                              {0xcc, 0x79, 0xa7},
                                              {0xc4, 0xc4, 0xc4}}};

// In the order of the keyboard.
constexpr std::string_view kDefaultKeys = "1234567890";

/// A turn of the palette: how far it is mixed, and with which grey.
struct Turn {
    int percent;
    int grey;
};
constexpr std::array<Turn, 4> kTurns = {{{0, 0}, {55, 255}, {45, 0}, {28, 255}}};
constexpr int kDefaultColours = static_cast<int>(kOkabeIto.size() * kTurns.size());

uint8_t mixed(uint8_t channel, Turn turn) {
    return static_cast<uint8_t>((channel * (100 - turn.percent) + turn.grey * turn.percent) / 100);
}

/// How different two colours look: the distance of their channels as Riemersma, "Colour metric", weighs them,
/// from 0 to 765.
double differenceOf(Colour a, Colour b) {
    const double red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
    const double meanRed = (a.red + b.red) / 2.0;
    return std::sqrt((2 + meanRed / 256) * red * red + 4 * green * green +
                     (2 + (255 - meanRed) / 256) * blue * blue);
}

/// More makes no colour easier to tell from others.
constexpr double kClearlyDifferent = 200;
/// Any two of `kOkabeIto` differ more.
constexpr double kJustDifferent = 100;

struct FreshColour {
    Colour colour;
    double difference = 0;  ///< from the class that is most like it
};

/// Of the first colours of the palette the one that is least like those of all classes.
FreshColour freshColour(const std::vector<LabelClass>& classes, int firstColours) {
    FreshColour fresh{defaultColour(static_cast<int>(classes.size())), 0};
    for (int index = 0; index < firstColours; ++index) {
        FreshColour candidate{defaultColour(index), kClearlyDifferent};
        for (const LabelClass& entry : classes) {
            candidate.difference =
                std::min(candidate.difference, differenceOf(candidate.colour, entry.colour));
        }
        if (candidate.difference > fresh.difference) fresh = candidate;
    }
    return fresh;
}

/// One without turns where that is possible.
Colour freshColour(const std::vector<LabelClass>& classes) {
    const FreshColour pure = freshColour(classes, static_cast<int>(kOkabeIto.size()));
    return pure.difference > kJustDifferent ? pure.colour : freshColour(classes, kDefaultColours).colour;
}

}  // namespace

ClassId newClassId() {
    return randomUuid();
}

std::string toHex(Colour colour) {
    std::array<char, 8> text;
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", colour.red, colour.green, colour.blue);
    return text.data();
}

std::optional<Colour> colourFromHex(const std::string& text) {
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    uint32_t rgb = 0;
    const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + text.size(), rgb, 16);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return Colour{static_cast<uint8_t>(rgb >> 16), static_cast<uint8_t>(rgb >> 8), static_cast<uint8_t>(rgb)};
}

Colour defaultColour(int index) {
    const size_t place = static_cast<size_t>(index % kDefaultColours);
    const Colour base = kOkabeIto[place % kOkabeIto.size()];
    const Turn turn = kTurns[place / kOkabeIto.size()];
    return {mixed(base.red, turn), mixed(base.green, turn), mixed(base.blue, turn)};
}

char defaultKey(int place) {
    return place >= 0 && static_cast<size_t>(place) < kDefaultKeys.size()
               ? kDefaultKeys[static_cast<size_t>(place)]
               : '\0';
}

std::string textOfKey(char key) {
    return key == 0 ? std::string() : std::string(1, key);
}

char classKeyFromText(const std::string& text) {
    if (text.size() != 1) return 0;
    const char key = text[0];
    if ((key >= '0' && key <= '9') || (key >= 'A' && key <= 'Z')) return key;
    return key >= 'a' && key <= 'z' ? static_cast<char>(key - 'a' + 'A') : '\0';
}

const LabelClass* ClassTable::find(const ClassId& id) const {
    const int index = indexOf(id);
    return index < 0 ? nullptr : &classes_[static_cast<size_t>(index)];
}

const LabelClass* ClassTable::findValue(uint8_t value) const {
    const auto found = std::ranges::find(classes_, value, &LabelClass::value);
    return found == classes_.end() ? nullptr : &*found;
}

const LabelClass* ClassTable::findKey(char key) const {
    const auto found = std::ranges::find(classes_, key, &LabelClass::key);
    return key == 0 || found == classes_.end() ? nullptr : &*found;
}

int ClassTable::indexOf(const ClassId& id) const {
    const auto found = std::ranges::find(classes_, id, &LabelClass::id);
    return found == classes_.end() ? -1 : static_cast<int>(found - classes_.begin());
}

LabelClass ClassTable::makeNext(const std::string& name) const {
    if (isFull()) throw std::length_error("the class table is full");
    int value = 0;
    while (findValue(static_cast<uint8_t>(value))) ++value;

    LabelClass next{newClassId(), name, freshColour(classes_), static_cast<uint8_t>(value)};
    for (const char key : kDefaultKeys) {
        if (findKey(key)) continue;
        next.key = key;
        break;
    }
    return next;
}

void ClassTable::insert(int index, LabelClass entry) {
    if (isFull()) throw std::length_error("the class table is full");
    if (entry.value >= kMaxClasses) throw std::invalid_argument("class values end at 253");
    if (find(entry.id)) throw std::invalid_argument("this class is in the table already");
    if (findValue(entry.value)) throw std::invalid_argument("another class has this value");
    if (findKey(entry.key)) entry.key = 0;
    classes_.insert(classes_.begin() + std::clamp(index, 0, size()), std::move(entry));
}

void ClassTable::remove(const ClassId& id) {
    std::erase_if(classes_, [&](const LabelClass& entry) { return entry.id == id; });
}

void ClassTable::update(const LabelClass& entry) {
    const int index = indexOf(entry.id);
    if (index < 0) throw std::invalid_argument("there is no such class");
    LabelClass& known = classes_[static_cast<size_t>(index)];
    known.name = entry.name;
    known.colour = entry.colour;
    known.visible = entry.visible;
    known.locked = entry.locked;
    const LabelClass* owner = findKey(entry.key);
    known.key = owner && owner->id != entry.id ? 0 : entry.key;
}

void ClassTable::alter(const LabelClass& before, const LabelClass& after) {
    LabelClass entry = after;
    const LabelClass* known = find(after.id);
    if (known && before.key == after.key) entry.key = known->key;
    update(entry);
}

}  // namespace finebrush
