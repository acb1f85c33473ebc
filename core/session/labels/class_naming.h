#pragma once

#include <cstdint>
#include <string>

namespace finebrush {

/// How classes are called that nobody named, in the language of the person.
struct ClassNaming {
    std::string background = "background";  ///< the class of value 0
    std::string numbered = "class %1";      ///< of another; %1 is its value

    std::string nameOf(uint8_t value) const {
        std::string name = value == 0 ? background : numbered;
        const size_t place = value == 0 ? name.npos : name.find("%1");
        return place == name.npos ? name : name.replace(place, 2, std::to_string(value));
    }
};

}  // namespace finebrush
