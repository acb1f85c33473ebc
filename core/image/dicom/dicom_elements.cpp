#include "core/image/dicom/dicom_elements.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

namespace finebrush::dicom {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kPadding(" \0", 2);
    const size_t first = text.find_first_not_of(kPadding);
    if (first == std::string_view::npos) return {};
    const size_t last = text.find_last_not_of(kPadding);
    return text.substr(first, last - first + 1);
}

/// The number that the whole text is. (DCMTK's own conversion may be off in the last bit.)
std::optional<double> parsedNumber(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    return numberFrom(text);
}

std::optional<double> numberAt(DcmElement& element, unsigned long position) {
    switch (element.ident()) {
        case EVR_DS:
        case EVR_IS: {
            OFString text;
            if (element.getOFString(text, position).bad()) return std::nullopt;
            return parsedNumber({text.c_str(), text.size()});
        }
        case EVR_US: {
            Uint16 value = 0;
            return element.getUint16(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        case EVR_SS: {
            Sint16 value = 0;
            return element.getSint16(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        case EVR_UL: {
            Uint32 value = 0;
            return element.getUint32(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        case EVR_SL: {
            Sint32 value = 0;
            return element.getSint32(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        case EVR_FL: {
            Float32 value = 0;
            return element.getFloat32(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        case EVR_FD: {
            Float64 value = 0;
            return element.getFloat64(value, position).good() ? std::optional<double>(value) : std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

DcmElement* elementOf(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* element = nullptr;
    return item.findAndGetElement(tag, element).good() ? element : nullptr;
}

}  // namespace

std::optional<std::string> textOf(DcmItem& item, const DcmTagKey& tag, unsigned long position) {
    OFString text;
    if (item.findAndGetOFString(tag, text, position).bad()) return std::nullopt;
    const std::string_view inner = trimmed({text.c_str(), text.size()});
    return inner.empty() ? std::nullopt : std::optional<std::string>(inner);
}

std::vector<double> numbersOf(DcmItem& item, const DcmTagKey& tag, size_t most) {
    DcmElement* element = elementOf(item, tag);
    if (!element) return {};
    std::vector<double> numbers;
    const size_t count = std::min<size_t>(element->getVM(), most);
    for (size_t i = 0; i < count; ++i) {
        const std::optional<double> number = numberAt(*element, i);
        if (!number) return {};
        numbers.push_back(*number);
    }
    return numbers;
}

std::optional<double> numberOf(DcmItem& item, const DcmTagKey& tag) {
    const std::vector<double> numbers = numbersOf(item, tag, 1);
    return numbers.empty() ? std::nullopt : std::optional<double>(numbers.front());
}

std::optional<int> wholeNumberOf(DcmItem& item, const DcmTagKey& tag) {
    const std::optional<double> number = numberOf(item, tag);
    if (!number || *number != std::floor(*number)) return std::nullopt;
    if (std::abs(*number) > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

DcmItem* itemOf(DcmItem& item, const DcmTagKey& sequence, size_t position) {
    DcmSequenceOfItems* items = nullptr;
    if (item.findAndGetSequence(sequence, items).bad() || !items || position >= items->card()) return nullptr;
    return items->getItem(position);
}

std::vector<uint16_t> wordsOf(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* element = elementOf(item, tag);
    if (!element) return {};
    Uint16* words = nullptr;
    if (element->getUint16Array(words).good() && words) {
        return {words, words + element->getLength() / sizeof(Uint16)};
    }
    Uint8* bytes = nullptr;
    if (element->getUint8Array(bytes).bad() || !bytes) return {};
    std::vector<uint16_t> joined(element->getLength() / 2);
    std::memcpy(joined.data(), bytes, joined.size() * 2);
    return joined;
}

}  // namespace finebrush::dicom
