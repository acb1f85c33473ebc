#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace finebrush {

/// The planes in which a volume is cut into slices. `Stored` are the slices as the file holds them, neither
/// turned nor mirrored. The others follow the patient: axial slices are seen from the feet (the patient's
/// right is on the left, the front at the top) and count upwards, coronal ones are seen from the front and
/// count backwards, sagittal ones are seen from the patient's left and count from right to left.
enum class SliceView { Stored, Axial, Coronal, Sagittal };

/// One slice of a volume. All numbers begin at 0.
struct SliceAddress {
    SliceView view = SliceView::Stored;
    int index = 0;
    int frame = 0;  ///< point in time (or channel) of a volume that has several
    bool operator==(const SliceAddress&) const = default;
};

/// "axial:12", or "axial:12:3" for a frame other than the first.
std::string toText(const SliceAddress& slice);

/// Nothing where the text is not of the form that `toText` makes.
std::optional<SliceAddress> sliceFromText(std::string_view text);

/// An image: a file, or a slice of a file that holds a volume. Without a slice, a volume stands for the
/// slice in its middle, and pages of a TIFF for the first of them.
struct ImageAddress {
    std::filesystem::path file;
    std::optional<SliceAddress> slice;

    // A plain path is an address wherever one is taken.
    ImageAddress(std::filesystem::path path)
        : file(std::move(path)) {}  // NOLINT(google-explicit-constructor)
    ImageAddress(std::filesystem::path path, std::optional<SliceAddress> sliceInFile)
        : file(std::move(path)), slice(sliceInFile) {}
    bool operator==(const ImageAddress&) const = default;
};

/// The path, and of a slice "#axial:12" after it, as UTF-8.
std::string toText(const ImageAddress& address);

/// The address that a person typed: a path, or one with "#axial:12" after it where no file has that name.
ImageAddress addressFromText(std::string_view text);

/// The file's name without its ending (".nii.gz" is one), and of a slice "_axial012" after it: what files
/// that are made of an image are called.
std::string stemOf(const ImageAddress& address);

}  // namespace finebrush
