#pragma once

#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <optional>
#include <string>
#include <vector>

/// Values of a DICOM item by their tag. An element that is missing, empty or of another kind is nothing (or
/// an empty list), never 0.
namespace finebrush::dicom {

/// A code or identifier without the blanks around it.
std::optional<std::string> textOf(DcmItem& item, const DcmTagKey& tag, unsigned long position = 0);

/// The first `most` numbers of an element, whether stored as text or in binary form; all or none are numbers.
std::vector<double> numbersOf(DcmItem& item, const DcmTagKey& tag, size_t most = 16);
std::optional<double> numberOf(DcmItem& item, const DcmTagKey& tag);
/// A number that is whole and fits.
std::optional<int> wholeNumberOf(DcmItem& item, const DcmTagKey& tag);

/// An item of a sequence, or null.
DcmItem* itemOf(DcmItem& item, const DcmTagKey& sequence, size_t position = 0);

/// The words of an element of 16-bit words, which may also hold bytes; none where it is missing.
std::vector<uint16_t> wordsOf(DcmItem& item, const DcmTagKey& tag);

}  // namespace finebrush::dicom
