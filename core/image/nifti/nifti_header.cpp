#include "core/image/nifti/nifti_header.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace finebrush::nifti {

namespace {

constexpr int64_t kHeaderBytes[] = {0, 348, 540};
constexpr int64_t kExtensionFlagBytes = 4;
constexpr int64_t kLargestOffset = int64_t{1} << 40;
constexpr int kComplexOfSingles = 32;
constexpr int kComplexOfDoubles = 1792;

struct StoredType {
    int code;
    const char* name;
    size_t bytes;  ///< 0: not read
    VoxelFormat plain;
    VoxelFormat scaled;
};

constexpr VoxelFormat kRgb = {3, PixelType::UInt8};
constexpr VoxelFormat kSingle = {1, PixelType::Float32};
constexpr VoxelFormat kDouble = {1, PixelType::Float64};

constexpr StoredType kTypes[] = {
    {2, "uint8", 1, {1, PixelType::UInt8}, kSingle},
    {4, "int16", 2, {1, PixelType::Int16}, kSingle},
    {8, "int32", 4, {1, PixelType::Int32}, kDouble},
    {16, "float32", 4, kSingle, kSingle},
    {kComplexOfSingles, "complex64", 8, kSingle, kSingle},
    {64, "float64", 8, kDouble, kDouble},
    {128, "rgb24", 3, kRgb, kRgb},
    {256, "int8", 1, {1, PixelType::Int16}, kSingle},
    {512, "uint16", 2, {1, PixelType::UInt16}, kSingle},
    {768, "uint32", 4, {1, PixelType::UInt32}, kDouble},
    {1024, "int64", 8, {1, PixelType::Int64}, kDouble},
    {1280, "uint64", 8, {1, PixelType::UInt64}, kDouble},
    {kComplexOfDoubles, "complex128", 16, kDouble, kDouble},
    {2304, "rgba32", 4, kRgb, kRgb},
    {1, "bits", 0, {}, {}},
    {1536, "float128", 0, {}, {}},
    {2048, "complex256", 0, {}, {}},
};

const StoredType* storedType(int code) {
    const auto* type = std::ranges::find(kTypes, code, &StoredType::code);
    return type == std::end(kTypes) ? nullptr : type;
}

/// Numbers in a row of bytes, in the file's byte order.
class Fields {
  public:
    Fields(std::span<const uint8_t> bytes, bool isSwapped) : bytes_(bytes), isSwapped_(isSwapped) {}

    template <typename Number>
    Number at(size_t offset) const {
        std::array<uint8_t, sizeof(Number)> raw{};
        std::memcpy(raw.data(), &bytes_[offset], sizeof(Number));
        if (isSwapped_) std::ranges::reverse(raw);
        return std::bit_cast<Number>(raw);
    }
    /// Consecutive numbers of type `Number`.
    template <typename Number, typename Target>
    void copy(size_t offset, Target& target) const {
        for (auto& value : target) {
            value = static_cast<std::remove_reference_t<decltype(value)>>(at<Number>(offset));
            offset += sizeof(Number);
        }
    }

  private:
    std::span<const uint8_t> bytes_;
    bool isSwapped_;
};

/// The same for writing, in little-endian order.
class FieldWriter {
  public:
    explicit FieldWriter(std::vector<uint8_t>& bytes) : bytes_(bytes) {}

    template <typename Number>
    void put(size_t offset, Number value) {
        auto raw = std::bit_cast<std::array<uint8_t, sizeof(Number)>>(value);
        if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(raw);
        std::memcpy(&bytes_[offset], raw.data(), sizeof(Number));
    }
    template <typename Number, typename Source>
    void putAll(size_t offset, const Source& source) {
        for (const auto& value : source) {
            put(offset, static_cast<Number>(value));
            offset += sizeof(Number);
        }
    }

  private:
    std::vector<uint8_t>& bytes_;
};

/// Where the fields lie that both versions have, and in which types.
struct Layout {
    size_t datatype, bitpix, dim, pixdim, voxOffset, sclSlope, sclInter, xyztUnits, qformCode, sformCode,
        quatern, qoffset, srow;
};
constexpr Layout kFirst = {70, 72, 40, 76, 108, 112, 116, 123, 252, 254, 256, 268, 280};
constexpr Layout kSecond = {12, 14, 16, 104, 168, 176, 184, 500, 344, 348, 352, 376, 400};

/// The version and the byte order; version 0 where this is no header.
struct Kind {
    int version = 0;
    bool isSwapped = false;
    bool isSingleFile = false;
};

bool hasText(std::span<const uint8_t> bytes, size_t offset, std::string_view text) {
    return bytes.size() >= offset + text.size() && std::memcmp(&bytes[offset], text.data(), text.size()) == 0;
}

Kind kindOf(std::span<const uint8_t> bytes) {
    constexpr std::string_view kEnd1("+1\0", 3), kPair1("i1\0", 3), kEnd2("+2\0", 3), kPair2("i2\0", 3);
    for (const bool isSwapped : {false, true}) {
        if (bytes.size() < sizeof(int32_t)) break;
        const auto size = Fields(bytes, isSwapped).at<int32_t>(0);
        if (size == kHeaderBytes[1] && hasText(bytes, 344, "n")) {
            if (hasText(bytes, 345, kEnd1)) return {1, isSwapped, true};
            if (hasText(bytes, 345, kPair1)) return {1, isSwapped, false};
        }
        if (size == kHeaderBytes[2] && hasText(bytes, 4, "n")) {
            if (hasText(bytes, 5, kEnd2)) return {2, isSwapped, true};
            if (hasText(bytes, 5, kPair2)) return {2, isSwapped, false};
        }
    }
    return {};
}

/// A double as a whole number; -1 for one that is none or out of reach.
int64_t wholeOffset(double value) {
    return value >= 0 && value <= static_cast<double>(kLargestOffset) ? static_cast<int64_t>(value) : -1;
}

template <typename Real, typename Dimension, typename Code>
void readNumbers(const Fields& fields, const Layout& layout, Header& header) {
    fields.copy<Dimension>(layout.dim, header.dim);
    header.datatype = fields.at<int16_t>(layout.datatype);
    fields.copy<Real>(layout.pixdim, header.pixdim);
    header.sclSlope = fields.at<Real>(layout.sclSlope);
    header.sclInter = fields.at<Real>(layout.sclInter);
    header.qformCode = fields.at<Code>(layout.qformCode);
    header.sformCode = fields.at<Code>(layout.sformCode);
    fields.copy<Real>(layout.quatern, header.quatern);
    fields.copy<Real>(layout.qoffset, header.qoffset);
    for (size_t row = 0; row < 3; ++row) {
        fields.copy<Real>(layout.srow + row * 4 * sizeof(Real), header.srow[row]);
    }
}

template <typename Real, typename Dimension, typename Code>
void writeNumbers(FieldWriter& fields, const Layout& layout, const Header& header) {
    fields.putAll<Dimension>(layout.dim, header.dim);
    fields.put(layout.datatype, static_cast<int16_t>(header.datatype));
    fields.put(layout.bitpix, static_cast<int16_t>(storedBytes(header.datatype) * 8));
    fields.putAll<Real>(layout.pixdim, header.pixdim);
    fields.put(layout.sclSlope, static_cast<Real>(header.sclSlope));
    fields.put(layout.sclInter, static_cast<Real>(header.sclInter));
    fields.put(layout.qformCode, static_cast<Code>(header.qformCode));
    fields.put(layout.sformCode, static_cast<Code>(header.sformCode));
    fields.putAll<Real>(layout.quatern, header.quatern);
    fields.putAll<Real>(layout.qoffset, header.qoffset);
    for (size_t row = 0; row < 3; ++row) {
        fields.putAll<Real>(layout.srow + row * 4 * sizeof(Real), header.srow[row]);
    }
}

/// Makes `dim` what it says: lengths of 1 beyond dim[0]. A reason where it cannot be.
std::optional<std::string> settleSizes(Header& header) {
    if (header.dim[0] < 1 || header.dim[0] > 7) {
        return formatted("its header counts %lld dimensions", static_cast<long long>(header.dim[0]));
    }
    for (size_t axis = 1; axis < header.dim.size(); ++axis) {
        int64_t& length = header.dim[axis];
        if (static_cast<int64_t>(axis) > header.dim[0]) length = 1;
        if (length < 1 || length > std::numeric_limits<int>::max()) {
            return formatted("its header gives dimension %zu a length of %lld", axis,
                             static_cast<long long>(length));
        }
    }
    return std::nullopt;
}

VoxelMatrix fromSpacing(const Header& header) {
    VoxelMatrix ras{};
    for (size_t axis = 0; axis < 3; ++axis) {
        const double step = std::abs(header.pixdim[axis + 1]);
        ras[axis][axis] = std::isfinite(step) && step > 0 ? step : 1;
    }
    ras[0][0] = -ras[0][0];
    return ras;
}

/// METHOD 2 of nifti1.h: a rotation by the unit quaternion (a, b, c, d).
VoxelMatrix fromQuaternion(const Header& header) {
    const auto [b, c, d] = header.quatern;
    const double a = std::sqrt(std::max(0.0, 1 - (b * b + c * c + d * d)));
    const std::array<std::array<double, 3>, 3> rotation = {
        {{a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
         {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
         {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c}}};
    VoxelMatrix ras{};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t axis = 0; axis < 3; ++axis) {
            const double step = std::abs(header.pixdim[axis + 1]);
            ras[row][axis] = rotation[row][axis] * (step > 0 ? step : 1);
        }
        if (header.pixdim[0] < 0) ras[row][2] = -ras[row][2];
        ras[row][3] = header.qoffset[row];
    }
    return ras;
}

/// True where every axis leads somewhere.
bool isUsable(const VoxelMatrix& matrix) {
    for (size_t axis = 0; axis < 3; ++axis) {
        const double length = std::hypot(matrix[0][axis], matrix[1][axis], matrix[2][axis]);
        if (!std::isfinite(length) || length == 0) return false;
    }
    return std::isfinite(matrix[0][3]) && std::isfinite(matrix[1][3]) && std::isfinite(matrix[2][3]);
}

/// Millimetres in a unit of space; the standard has metres (1), millimetres (2) and micrometres (3).
double millimetresPerUnit(int xyztUnits) {
    const int unit = xyztUnits & 7;
    return unit == 1 ? 1000 : unit == 3 ? 0.001 : 1;
}

VoxelMatrix toPatient(const VoxelMatrix& ras, double millimetres) {
    VoxelMatrix lps = ras;
    for (size_t row = 0; row < 3; ++row) {
        for (double& value : lps[row]) value *= row < 2 ? -millimetres : millimetres;
    }
    return lps;
}

}  // namespace

bool looksLikeHeader(std::span<const uint8_t> bytes) {
    return kindOf(bytes).version != 0;
}

Result<Header> parseHeader(std::span<const uint8_t> bytes, const std::filesystem::path& file) {
    const Kind kind = kindOf(bytes);
    if (kind.version == 0) return unreadable(file, "it does not begin with a NIfTI header");
    if (!kind.isSingleFile) return unsupported(file, "NIfTI with the values in another file (.img)");
    const int64_t headerBytes = kHeaderBytes[kind.version];
    if (std::ssize(bytes) < headerBytes) return unreadable(file, "the file ends within its header");

    Header header;
    header.version = kind.version;
    header.isSwapped = kind.isSwapped;
    const Fields fields(bytes, kind.isSwapped);
    if (kind.version == 1) {
        readNumbers<float, int16_t, int16_t>(fields, kFirst, header);
        header.voxOffset = wholeOffset(fields.at<float>(kFirst.voxOffset));
        header.xyztUnits = fields.at<uint8_t>(kFirst.xyztUnits);
    } else {
        readNumbers<double, int64_t, int32_t>(fields, kSecond, header);
        header.voxOffset = fields.at<int64_t>(kSecond.voxOffset);
        header.xyztUnits = fields.at<int32_t>(kSecond.xyztUnits);
    }
    if (header.voxOffset == 0) header.voxOffset = headerBytes + kExtensionFlagBytes;  // some writers leave it
    if (header.voxOffset < headerBytes || header.voxOffset > kLargestOffset) {
        return unreadable(file, "its header places the values outside the file");
    }
    if (const auto reason = settleSizes(header)) return unreadable(file, *reason);
    if (storedBytes(header.datatype) == 0) {
        return unsupported(file, "NIfTI voxels of " + storedTypeName(header.datatype));
    }
    if (std::any_of(header.dim.begin() + 5, header.dim.end(), [](int64_t length) { return length > 1; })) {
        return unsupported(file, "NIfTI of more than four dimensions");
    }
    if (isScaled(header) && !std::isfinite(header.sclInter)) {
        return unreadable(file, "its header scales the values by no number");
    }
    return header;
}

std::vector<uint8_t> encodeHeader(const Header& header) {
    const auto headerBytes = static_cast<size_t>(kHeaderBytes[header.version]);
    std::vector<uint8_t> bytes(headerBytes + kExtensionFlagBytes);
    FieldWriter fields(bytes);
    fields.put(0, static_cast<int32_t>(headerBytes));
    if (header.version == 1) {
        writeNumbers<float, int16_t, int16_t>(fields, kFirst, header);
        fields.put(kFirst.voxOffset, static_cast<float>(bytes.size()));
        fields.put(kFirst.xyztUnits, static_cast<uint8_t>(header.xyztUnits));
        std::memcpy(&bytes[344], "n+1", 4);
    } else {
        writeNumbers<double, int64_t, int32_t>(fields, kSecond, header);
        fields.put(kSecond.voxOffset, static_cast<int64_t>(bytes.size()));
        fields.put(kSecond.xyztUnits, static_cast<int32_t>(header.xyztUnits));
        std::memcpy(&bytes[4], "n+2\0\r\n\032\n", 8);
    }
    return bytes;
}

bool isScaled(const Header& header) {
    const StoredType* type = storedType(header.datatype);
    const bool isColour = type && type->plain.bands == 3;
    return !isColour && std::isfinite(header.sclSlope) && header.sclSlope != 0 &&
           (header.sclSlope != 1 || header.sclInter != 0);
}

std::string storedTypeName(int datatype) {
    const StoredType* type = storedType(datatype);
    return type ? type->name : formatted("type %d", datatype);
}

size_t storedBytes(int datatype) {
    const StoredType* type = storedType(datatype);
    return type ? type->bytes : 0;
}

bool isComplex(int datatype) {
    return datatype == kComplexOfSingles || datatype == kComplexOfDoubles;
}

VoxelFormat voxelFormat(const Header& header) {
    const StoredType* type = storedType(header.datatype);
    if (!type) return {};
    return isScaled(header) ? type->scaled : type->plain;
}

VolumeGrid gridOf(const Header& header) {
    VolumeGrid grid;
    for (size_t axis = 0; axis < 3; ++axis) grid.size[axis] = static_cast<int>(header.dim[axis + 1]);
    grid.frames = static_cast<int>(header.dim[4]);
    grid.hasSpacing = std::any_of(header.pixdim.begin() + 1, header.pixdim.begin() + 4,
                                  [](double step) { return std::isfinite(step) && step != 0; });
    VoxelMatrix ras = header.srow;
    grid.isPlaced = header.sformCode > 0 && isUsable(ras);
    if (!grid.isPlaced && header.qformCode > 0) {
        ras = fromQuaternion(header);
        grid.isPlaced = isUsable(ras);
    }
    if (!grid.isPlaced) ras = fromSpacing(header);
    grid.patientFromVoxel = toPatient(ras, millimetresPerUnit(header.xyztUnits));
    return grid;
}

Header headerOf(const VolumeGrid& grid) {
    constexpr int kUnsignedByte = 2, kMillimetres = 2, kScannerFrame = 1;
    const std::array<double, 3> spacing = grid.spacing();
    Header header;
    const bool fitsFirst = std::ranges::max(grid.size) <= std::numeric_limits<int16_t>::max();
    header.version = fitsFirst ? 1 : 2;
    header.dim = {3, grid.size[0], grid.size[1], grid.size[2], 1, 1, 1, 1};
    header.datatype = kUnsignedByte;
    header.pixdim = {1, spacing[0], spacing[1], spacing[2], 0, 0, 0, 0};
    header.sclSlope = 1;
    header.xyztUnits = grid.hasSpacing ? kMillimetres : 0;
    if (!grid.isPlaced) return header;
    header.sformCode = kScannerFrame;
    header.srow = toPatient(grid.patientFromVoxel, 1);  // from LPS to RAS as the way back
    return header;
}

}  // namespace finebrush::nifti
