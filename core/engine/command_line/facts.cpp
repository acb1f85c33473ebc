#include "core/engine/command_line/facts.h"

#include "core/base/text.h"

#include <string>

namespace finebrush {

void printFacts(const Facts& facts, bool json, std::ostream& out) {
    if (json) {
        out << facts.dump(2) << '\n';
        return;
    }
    for (const auto& [name, value] : facts.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        out << formatted("%-16s %s\n", name.c_str(), text.c_str());
    }
}

}  // namespace finebrush
