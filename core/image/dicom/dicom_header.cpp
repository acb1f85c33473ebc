#include "core/image/dicom/dicom_header.h"

#include "core/base/text.h"
#include "core/image/dicom/dicom_elements.h"
#include "core/image/dicom/dicom_geometry.h"
#include "core/image/dicom/dicom_tables.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <set>

namespace finebrush::dicom {

namespace {

constexpr size_t kMostWindows = 16;

const std::set<E_TransferSyntax>& knownSyntaxes() {
    static const std::set<E_TransferSyntax> known = {
        EXS_LittleEndianImplicit, EXS_LittleEndianExplicit,
        EXS_BigEndianExplicit,    EXS_DeflatedLittleEndianExplicit,
        EXS_JPEGProcess1,         EXS_JPEGProcess2_4,
        EXS_JPEGProcess14,        EXS_JPEGProcess14SV1,
        EXS_JPEGLSLossless,       EXS_JPEGLSLossy,
        EXS_JPEG2000LosslessOnly, EXS_JPEG2000,
        EXS_RLELossless,
    };
    return known;
}

std::optional<ColourModel> colourModelNamed(const std::string& name) {
    static const std::pair<const char*, ColourModel> names[] = {
        {"MONOCHROME1", ColourModel::Monochrome1}, {"MONOCHROME2", ColourModel::Monochrome2},
        {"PALETTE COLOR", ColourModel::Palette},   {"RGB", ColourModel::Rgb},
        {"YBR_FULL", ColourModel::YbrFull},        {"YBR_FULL_422", ColourModel::YbrFull422},
        {"YBR_RCT", ColourModel::YbrTransformed},  {"YBR_ICT", ColourModel::YbrTransformed},
    };
    for (const auto& [text, model] : names) {
        if (name == text) return model;
    }
    return std::nullopt;
}

bool isMonochrome(ColourModel model) {
    return model == ColourModel::Monochrome1 || model == ColourModel::Monochrome2;
}

SampleKind kindOf(DcmItem& dataset) {
    if (dataset.tagExists(DCM_FloatPixelData)) return SampleKind::Float32;
    return dataset.tagExists(DCM_DoubleFloatPixelData) ? SampleKind::Float64 : SampleKind::Integer;
}

/// A reason why the bits of a sample cannot be understood.
std::optional<std::string> bitsProblem(const Header& header) {
    if (header.kind != SampleKind::Integer) {
        const int expected = header.kind == SampleKind::Float32 ? 32 : 64;
        return header.bitsAllocated == expected
                   ? std::nullopt
                   : std::optional<std::string>("its samples have an impossible depth");
    }
    const bool isPossible = header.bitsStored >= 1 && header.bitsStored <= header.bitsAllocated &&
                            header.highBit >= header.bitsStored - 1 && header.highBit < header.bitsAllocated;
    if (!isPossible) return "its samples have an impossible depth";
    return std::nullopt;
}

Result<void> readLayout(DcmDataset& dataset, const std::filesystem::path& file, Header& header) {
    header.rows = wholeNumberOf(dataset, DCM_Rows).value_or(0);
    header.columns = wholeNumberOf(dataset, DCM_Columns).value_or(0);
    header.frames = wholeNumberOf(dataset, DCM_NumberOfFrames).value_or(1);
    header.samples = wholeNumberOf(dataset, DCM_SamplesPerPixel).value_or(1);
    const auto isSide = [](int length) { return length >= 1 && length <= 65535; };
    if (!isSide(header.rows) || !isSide(header.columns))
        return unreadable(file, "it does not say how large its image is");
    const bool isCounted = !textOf(dataset, DCM_NumberOfFrames) || wholeNumberOf(dataset, DCM_NumberOfFrames);
    if (!isCounted) return unreadable(file, "its number of frames is no number");
    if (header.frames < 1) return unreadable(file, "it has no frame");
    if (header.samples != 1 && header.samples != 3) {
        return unsupported(file, formatted("DICOM with %d samples a pixel", header.samples));
    }
    const std::string colours =
        textOf(dataset, DCM_PhotometricInterpretation).value_or(header.samples == 3 ? "RGB" : "MONOCHROME2");
    const std::optional<ColourModel> model = colourModelNamed(colours);
    if (!model) return unsupported(file, "DICOM with a rare colour model");
    header.colours = *model;
    const bool isOneSample = isMonochrome(*model) || *model == ColourModel::Palette;
    if (isOneSample != (header.samples == 1)) {
        return unreadable(file, "its colour model and its number of samples do not fit");
    }
    const bool isJpeg2000 = header.syntax == EXS_JPEG2000 || header.syntax == EXS_JPEG2000LosslessOnly;
    if (*model == ColourModel::YbrTransformed && !isJpeg2000) {
        return unreadable(file, "its colour model and its compression do not fit");
    }
    const bool sharesColours = *model == ColourModel::YbrFull422 && !DcmXfer(header.syntax).isEncapsulated();
    if (sharesColours && header.pixels() % 2 != 0)
        return unreadable(file, "its pixels share their colours in pairs, but their number is odd");
    header.isPlanar = header.samples == 3 && wholeNumberOf(dataset, DCM_PlanarConfiguration).value_or(0) == 1;
    return {};
}

Result<void> readDepth(DcmDataset& dataset, const std::filesystem::path& file, Header& header) {
    header.kind = kindOf(dataset);
    header.bitsAllocated = wholeNumberOf(dataset, DCM_BitsAllocated).value_or(0);
    header.bitsStored = wholeNumberOf(dataset, DCM_BitsStored).value_or(header.bitsAllocated);
    header.highBit = wholeNumberOf(dataset, DCM_HighBit).value_or(header.bitsStored - 1);
    header.isSigned = wholeNumberOf(dataset, DCM_PixelRepresentation).value_or(0) == 1;
    if (header.kind == SampleKind::Integer) {
        const int bits = header.bitsAllocated;
        if (bits != 8 && bits != 16 && bits != 32) {
            return unsupported(file, formatted("DICOM with %d bits a sample", bits));
        }
        if (header.isColour() && (bits == 32 || header.isSigned)) {
            return unsupported(file, "DICOM with colours of 32 bits or with signs");
        }
        if (header.isYbr() && bits != 8)
            return unsupported(file, "DICOM with YBR colours of more than 8 bits");
    } else if (!isMonochrome(header.colours)) {
        return unsupported(file, "DICOM with colours that are fractions");
    }
    if (const auto problem = bitsProblem(header)) return unreadable(file, *problem);
    return {};
}

/// How many frames the pixel data can hold at most.
int64_t mostFrames(DcmItem& dataset, const Header& header) {
    DcmElement* element = nullptr;
    const DcmTagKey tag = header.kind == SampleKind::Integer   ? DCM_PixelData
                          : header.kind == SampleKind::Float32 ? DCM_FloatPixelData
                                                               : DCM_DoubleFloatPixelData;
    if (dataset.findAndGetElement(tag, element).bad()) return 0;
    if (DcmXfer(header.syntax).isEncapsulated()) {
        DcmPixelSequence* fragments = nullptr;
        auto* pixels = dynamic_cast<DcmPixelData*>(element);
        const bool isFound =
            pixels && pixels->getEncapsulatedRepresentation(header.syntax, nullptr, fragments).good();
        return isFound ? static_cast<int64_t>(fragments->card()) - 1 : 0;  // the first is the offset table
    }
    return static_cast<int64_t>(element->getLength(header.syntax)) / header.storedFrameBytes();
}

Rescale rescaleIn(DcmItem& item) {
    const double slope = numberOf(item, DCM_RescaleSlope).value_or(1);
    return {slope == 0 ? 1 : slope, numberOf(item, DCM_RescaleIntercept).value_or(0)};
}

std::vector<Rescale> rescalesOf(const FunctionalGroups& groups, int frames) {
    std::vector<Rescale> rescales;
    const int described = groups.areThere() ? frames : 1;
    for (int frame = 0; frame < described; ++frame) {
        rescales.push_back(rescaleIn(groups.of(frame, DCM_PixelValueTransformationSequence)));
    }
    const bool isOneForAll =
        std::ranges::all_of(rescales, [&](const Rescale& rescale) { return rescale == rescales.front(); });
    if (isOneForAll) rescales.resize(1);
    return rescales;
}

/// True where values are rescaled to Hounsfield units. A CT need not name its unit, but may name another.
bool isHounsfield(DcmItem& dataset, const FunctionalGroups& groups) {
    DcmItem& item = groups.of(0, DCM_PixelValueTransformationSequence);
    if (!numberOf(item, DCM_RescaleIntercept)) return false;
    const std::string unit = textOf(item, DCM_RescaleType).value_or("");
    if (unit.empty() || unit == "US") return textOf(dataset, DCM_Modality) == "CT";
    return unit == "HU";
}

/// The stored value of padding; a file may give it as if it had no sign.
std::optional<double> paddingOf(DcmItem& dataset, const Header& header) {
    const std::optional<double> padding = numberOf(dataset, DCM_PixelPaddingValue);
    if (padding && header.isSigned && *padding > 32767) return *padding - 65536;
    return padding;
}

/// A name made of plain letters; anything else might be a person's.
std::string plainName(const std::optional<std::string>& name) {
    const bool isPlain = name && name->size() <= 32 && std::ranges::all_of(*name, [](unsigned char letter) {
                             return std::isalnum(letter) || letter == ' ' || letter == '_' || letter == '-';
                         });
    return isPlain ? *name : std::string();
}

std::vector<DisplayWindow> windowsOf(const FunctionalGroups& groups) {
    DcmItem& item = groups.of(0, DCM_FrameVOILUTSequence);
    const std::vector<double> centres = numbersOf(item, DCM_WindowCenter, kMostWindows);
    const std::vector<double> widths = numbersOf(item, DCM_WindowWidth, kMostWindows);
    std::vector<DisplayWindow> windows;
    for (size_t i = 0; i < std::min(centres.size(), widths.size()); ++i) {
        if (widths[i] <= 0) continue;
        const auto name = textOf(item, DCM_WindowCenterWidthExplanation, static_cast<unsigned long>(i));
        windows.push_back({centres[i], widths[i], plainName(name)});
    }
    return windows;
}

}  // namespace

Result<Header> readHeader(DcmDataset& dataset, const std::filesystem::path& file) {
    Header header;
    header.syntax = dataset.getOriginalXfer();
    if (!knownSyntaxes().contains(header.syntax)) {
        return unsupported(file, std::string("DICOM compressed as ") + DcmXfer(header.syntax).getXferName());
    }
    const bool hasPixels = dataset.tagExists(DCM_PixelData) || kindOf(dataset) != SampleKind::Integer;
    if (!hasPixels) return unsupported(file, "DICOM without pixels, such as a report or a plan");
    if (const auto layout = readLayout(dataset, file, header); !layout) return failure(layout.error());
    if (const auto depth = readDepth(dataset, file, header); !depth) return failure(depth.error());

    if (header.frames > mostFrames(dataset, header)) {
        return unreadable(file, formatted("it claims %d frames of %d × %d pixels, more than it holds",
                                          header.frames, header.columns, header.rows));
    }

    if (header.colours == ColourModel::Palette) {
        header.palette = paletteOf(dataset);
        const bool isWhole = std::ranges::none_of(header.palette, &LookupTable::isEmpty);
        if (!isWhole) return unreadable(file, "its palette is missing or damaged");
    }
    const FunctionalGroups groups(dataset);
    if (isMonochrome(header.colours) && header.kind == SampleKind::Integer) {
        header.modalityTable = modalityTableOf(dataset);
        if (header.modalityTable.isEmpty()) {
            header.rescales = rescalesOf(groups, header.frames);
            header.isHounsfield = header.colours == ColourModel::Monochrome2 && isHounsfield(dataset, groups);
        }
        header.padding = paddingOf(dataset, header);
    }
    header.windows = windowsOf(groups);
    header.grid = gridOf(groups, header.columns, header.rows, header.frames);
    return header;
}

}  // namespace finebrush::dicom
