#pragma once

#include "core/base/pixel_buffer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// A class identity that survives renaming, recolouring and reordering (RFC 4122, version 4, lower-case text
/// form).
using ClassId = std::string;

/// Makes a fresh random identity.
ClassId newClassId();

/// 8-bit sRGB.
struct Colour {
    uint8_t red = 0;
    uint8_t green = 0;
    uint8_t blue = 0;
    bool operator==(const Colour&) const = default;
};

/// "#rrggbb", and back.
std::string toHex(Colour colour);
std::optional<Colour> colourFromHex(const std::string& text);

/// The key of the class at a place of a list in which none has one of its own: 1 to 9, 0, then none.
char defaultKey(int place);

/// "7", "G"; empty for 0. And back: 0 for a text that is no key of a class.
std::string textOfKey(char key);
char classKeyFromText(const std::string& text);

/// A class that pixels can be painted with. `value` is what label pixels and exported masks hold; it never
/// changes while the class lives.
struct LabelClass {
    ClassId id;
    std::string name;
    Colour colour;
    uint8_t value = 0;
    bool visible = true;
    bool locked = false;  ///< edits by hand leave its pixels as they are
    char key = 0;         ///< takes the class up: a digit or a letter from A to Z; 0: none
    bool operator==(const LabelClass&) const = default;
};

/// The classes of a project, in the order that the person sees. At most 254, with distinct values 0..253.
class ClassTable {
  public:
    const std::vector<LabelClass>& classes() const { return classes_; }
    int size() const { return static_cast<int>(classes_.size()); }
    bool isFull() const { return size() >= kMaxClasses; }

    const LabelClass* find(const ClassId& id) const;
    const LabelClass* findValue(uint8_t value) const;
    /// Null for 0.
    const LabelClass* findKey(char key) const;
    /// The place of a class in the list, or -1.
    int indexOf(const ClassId& id) const;

    /// Makes, without inserting it, a class with a fresh identity, the smallest free value, the default
    /// colour that is least like those of the classes, and the first key that none has. Throws
    /// std::length_error where the table is full.
    LabelClass makeNext(const std::string& name) const;

    /// Inserts at a place (clamped to the list). Throws std::invalid_argument where the id or the value is
    /// taken or the value is above 253, std::length_error where the table is full. A key that another class
    /// has is not given.
    void insert(int index, LabelClass entry);
    /// Does nothing where there is no such class.
    void remove(const ClassId& id);
    /// Replaces name, colour, visibility, lock and key of the class with this id; a key that another class
    /// has is not given. Throws where there is none.
    void update(const LabelClass& entry);
    /// The same with a step of the history, of which those of older programs know no keys: one that is not
    /// altered by the step stays as it is now.
    void alter(const LabelClass& before, const LabelClass& after);

    bool operator==(const ClassTable&) const = default;

  private:
    std::vector<LabelClass> classes_;
};

/// The colours that new classes get: the eight of Okabe and Ito's palette (2008), told apart by colour-blind
/// people, then lighter and darker turns of it, of which they cannot tell all apart. Repeats after
/// `index` 31.
Colour defaultColour(int index);

}  // namespace finebrush
