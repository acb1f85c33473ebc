#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/volume/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace finebrush::nifti {

/// Bytes of the longer of the two headers, that of NIfTI-2.
inline constexpr size_t kLongestHeader = 540;

/// The numbers of a NIfTI-1 or NIfTI-2 header that matter here, spelled as the standard (nifti1.h, nifti2.h)
/// calls them. Texts are left out: people write names of patients there.
struct Header {
    int version = 1;
    bool isSwapped = false;        ///< in the other byte order than this machine's
    std::array<int64_t, 8> dim{};  ///< dim[0] counts the others
    int datatype = 0;
    std::array<double, 8> pixdim{};  ///< pixdim[0] is qfac
    int64_t voxOffset = 0;           ///< where the values begin
    double sclSlope = 0;
    double sclInter = 0;
    int xyztUnits = 0;
    int qformCode = 0;
    int sformCode = 0;
    std::array<double, 3> quatern{};  ///< b, c, d
    std::array<double, 3> qoffset{};
    VoxelMatrix srow{};  ///< RAS, in `xyztUnits`

    bool operator==(const Header&) const = default;
};

/// True for the first bytes of a NIfTI-1 or NIfTI-2 file.
bool looksLikeHeader(std::span<const uint8_t> bytes);

/// Reads a header from the first `kLongestHeader` bytes of a file, or fewer where it is shorter. The path
/// serves for messages. Errors: ImageDamaged, ImageTypeUnsupported.
Result<Header> parseHeader(std::span<const uint8_t> bytes, const std::filesystem::path& file);

/// Encodes a header, little-endian, with the four bytes after it that say that no extension follows. What
/// the struct does not hold is zero.
std::vector<uint8_t> encodeHeader(const Header& header);

/// True where values are to be multiplied and shifted. (A slope of 0 or one that is no number means: as
/// stored.)
bool isScaled(const Header& header);

/// The stored type as NumPy calls it ("float32", "rgb24"), or "type 77".
std::string storedTypeName(int datatype);

/// How many bytes a stored voxel takes; 0 for types that are not read.
size_t storedBytes(int datatype);

/// True for a type of complex numbers that is read: as their magnitudes.
bool isComplex(int datatype);

/// Bands (3 of a colour) and type of a voxel once it is read: integers as they are, int8 as int16;
/// scaled values as float32, or float64 where the stored ones have more than 24 bits; a complex number as its
/// magnitude, in the type of its parts.
struct VoxelFormat {
    int bands = 1;
    PixelType type = PixelType::UInt8;
};
VoxelFormat voxelFormat(const Header& header);

/// The grid that the header describes: its s-form, else its q-form, else its spacing with i to the
/// patient's left. Sizes must be those of a header that `parseHeader` took.
VolumeGrid gridOf(const Header& header);

/// A header whose grid is the given one, of a single frame of bytes: an s-form where the voxels are placed.
/// NIfTI-2 where the other has no room for the size.
Header headerOf(const VolumeGrid& grid);

}  // namespace finebrush::nifti
