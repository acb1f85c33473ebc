#include "core/image/nifti/nifti_file.h"

#include "tests/core/image/expected_values.h"
#include "tests/core/image/mutated.h"
#include "tests/core/image/nifti/gzip_bytes.h"
#include "tests/support/child_process.h"
#include "tests/support/soon.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <vector>

namespace finebrush::nifti {
namespace {

using testing::gzip;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

constexpr uint64_t kMaxBytes = uint64_t{256} << 20;

void expectAs(const nlohmann::json& expected, const Volume& volume) {
    const VolumeGrid& grid = volume.info.grid;
    const std::array<int, 4> shape = {grid.size[0], grid.size[1], grid.size[2], grid.frames};
    EXPECT_EQ(nlohmann::json(shape), expected["shape"]);
    EXPECT_EQ(pixelTypeName(volume.info.type), expected["type"]);
    EXPECT_TRUE(volume.isConsistent());
    EXPECT_EQ(sha256(volume.bytes), expected["values"]);
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 4; ++column) {
            EXPECT_NEAR(grid.patientFromVoxel[row][column], expected["patient_from_voxel"][row][column],
                        1e-4);
        }
    }
    for (const auto& [name, slice] : expected["slices"].items()) {
        SliceAddress address = *sliceFromText(name + ":0");
        address.index = sliceCount(grid, address.view) / 2;
        const PixelBuffer pixels = sliceOf(volume, address);
        EXPECT_EQ(nlohmann::json({pixels.size.width, pixels.size.height}), slice["size"]) << name;
        EXPECT_EQ(sha256(pixels.bytes), slice["values"]) << name;
    }
}

TEST(NiftiFile, ReadsWhatNibabelReads) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL VOLUMES: there is no ../shared/data beside this checkout";
    const nlohmann::json expected = testing::expectedValues("nifti")["files"];
    EXPECT_EQ(expected.size(), 22u);
    for (const auto& [name, entry] : expected.items()) {
        SCOPED_TRACE(name);
        const std::filesystem::path file = data / "nifti" / name;
        const Result<Volume> volume = readVolume(file, kMaxBytes);
        ASSERT_TRUE(volume) << describe(volume.error());
        expectAs(entry, *volume);
        EXPECT_EQ(readInfo(file)->grid, volume->info.grid);
    }
}

TEST(NiftiFile, ReadsEveryTypeByteOrderAndVersion) {
    const TemporaryFolder folder;
    const nlohmann::json samples = testing::expectedValues("nifti")["samples"];
    EXPECT_EQ(samples.size(), 44u);
    for (const auto& [name, entry] : samples.items()) {
        SCOPED_TRACE(name);
        testing::writeBytes(folder / "a.nii.gz", testing::fromBase64(entry["file"]));
        const Result<Volume> volume = readVolume(folder / "a.nii.gz", kMaxBytes);
        ASSERT_TRUE(volume) << describe(volume.error());
        expectAs(entry, *volume);
    }
}

TEST(NiftiFile, RefusesWhatHoldsNoVolume) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL VOLUMES: there is no ../shared/data beside this checkout";
    const std::filesystem::path folder = data / "nifti/nibabel";
    EXPECT_FALSE(isNifti(folder / "analyze.hdr"));
    EXPECT_THAT(describe(readInfo(folder / "nifti1.hdr").error()), HasSubstr("(.img)"));
    EXPECT_THAT(describe(readInfo(folder / "row_major.dconn.nii").error()), HasSubstr("four dimensions"));
}

/// A header of 5 × 4 × 3 voxels of 16 bits.
Header smallHeader() {
    Header header;
    header.dim = {3, 5, 4, 3, 1, 1, 1, 1};
    header.pixdim = {1, 1, 1, 1, 0, 0, 0, 0};
    header.datatype = 4;
    return header;
}

std::vector<uint8_t> fileOf(const Header& header, size_t valueBytes) {
    std::vector<uint8_t> bytes = encodeHeader(header);
    for (size_t i = 0; i < valueBytes; ++i) bytes.push_back(static_cast<uint8_t>(i * 37));
    return bytes;
}

/// Numbers that lie one after the other, each of so many bytes.
struct Numbers {
    size_t offset, bytes, count;
};
/// Those of a header of either version (nifti1.h, nifti2.h) that are read.
constexpr Numbers kFirstHeader[] = {{0, 4, 1},   {40, 2, 8},  {70, 2, 2},  {76, 4, 8},
                                    {108, 4, 3}, {252, 2, 2}, {256, 4, 18}};
constexpr Numbers kSecondHeader[] = {{0, 4, 1},   {12, 2, 2},  {16, 8, 8},   {104, 8, 8},
                                     {168, 8, 3}, {344, 4, 2}, {352, 8, 18}, {500, 4, 1}};

void turnAround(const Numbers& numbers, std::span<uint8_t> bytes) {
    for (size_t i = 0; i < numbers.count; ++i)
        std::ranges::reverse(bytes.subspan(numbers.offset + i * numbers.bytes, numbers.bytes));
}

/// A file in this machine's byte order, or in the other.
template <typename Part>
std::vector<uint8_t> complexFile(const Header& header, const std::vector<std::complex<Part>>& voxels,
                                 bool isSwapped) {
    std::vector<uint8_t> bytes = encodeHeader(header);
    const size_t begin = bytes.size();
    bytes.resize(begin + voxels.size() * 2 * sizeof(Part));
    std::memcpy(&bytes[begin], voxels.data(), bytes.size() - begin);
    if (!isSwapped) return bytes;
    const std::span<const Numbers> ofHeader = header.version == 1 ? std::span<const Numbers>(kFirstHeader)
                                                                  : std::span<const Numbers>(kSecondHeader);
    for (const Numbers& numbers : ofHeader) turnAround(numbers, bytes);
    turnAround({begin, sizeof(Part), voxels.size() * 2}, bytes);
    return bytes;
}

/// As many as `smallHeader` has; the first are unlike what comes by chance.
template <typename Part>
std::vector<std::complex<Part>> someComplexNumbers() {
    constexpr Part kLarge = std::numeric_limits<Part>::max() / 4;
    std::vector<std::complex<Part>> numbers = {{0, 0}, {3, -4}, {-7, 0}, {0, -8}, {kLarge, -kLarge}};
    std::mt19937 random(7);
    std::uniform_real_distribution<Part> part(-1000, 1000);
    while (numbers.size() < 60) numbers.emplace_back(part(random), part(random));
    return numbers;
}

/// The magnitude of slope · z + inter.
template <typename Part>
double magnitudeOf(std::complex<Part> z, const Header& header) {
    const bool isScaled = header.sclSlope != 0;
    const long double slope = isScaled ? header.sclSlope : 1, inter = isScaled ? header.sclInter : 0;
    const long double real = slope * z.real() + inter, imaginary = slope * z.imag();
    return static_cast<double>(std::sqrt(real * real + imaginary * imaginary));
}

template <typename Part>
void expectMagnitudes(const Volume& volume, const std::vector<std::complex<Part>>& numbers,
                      const Header& header) {
    ASSERT_EQ(volume.bytes.size(), numbers.size() * sizeof(Part));
    for (size_t i = 0; i < numbers.size(); ++i) {
        Part magnitude = 0;
        std::memcpy(&magnitude, &volume.bytes[i * sizeof(Part)], sizeof magnitude);
        const double expected = magnitudeOf(numbers[i], header);
        EXPECT_NEAR(magnitude, expected, expected * 2 * std::numeric_limits<Part>::epsilon()) << i;
    }
}

/// Complex numbers in each byte order and version, scaled and as they are.
template <typename Part>
void expectMagnitudesOfAllKinds(int datatype, PixelType type) {
    const TemporaryFolder folder;
    const std::vector<std::complex<Part>> numbers = someComplexNumbers<Part>();
    for (int kind = 0; kind < 8; ++kind) {
        SCOPED_TRACE(kind);
        Header header = smallHeader();
        header.datatype = datatype;
        header.version = kind % 2 + 1;
        header.sclSlope = kind < 4 ? 0 : -0.5;
        header.sclInter = 2.25;
        testing::writeBytes(folder / "a.nii", complexFile(header, numbers, kind / 2 % 2 == 1));
        const Result<Volume> volume = readVolume(folder / "a.nii", kMaxBytes);
        ASSERT_TRUE(volume) << describe(volume.error());
        EXPECT_EQ(volume->info.type, type);
        EXPECT_TRUE(volume->info.isMagnitude);
        EXPECT_EQ(volume->info.grid, gridOf(header));
        EXPECT_TRUE(volume->isConsistent());
        expectMagnitudes(*volume, numbers, header);
    }
}

TEST(NiftiFile, OfComplexNumbersTheMagnitudeIsRead) {
    expectMagnitudesOfAllKinds<float>(32, PixelType::Float32);
    expectMagnitudesOfAllKinds<double>(1792, PixelType::Float64);
}

TEST(NiftiFile, ComplexNumbersTakeHalfTheMemoryOfTheirFile) {
    const TemporaryFolder folder;
    Header header = smallHeader();
    header.datatype = 1792;
    testing::writeBytes(folder / "a.nii", complexFile(header, someComplexNumbers<double>(), false));
    EXPECT_TRUE(readVolume(folder / "a.nii", 480));
    EXPECT_EQ(readVolume(folder / "a.nii", 479).error().code, ErrorCode::ImageTooLarge);
}

/// More labels than are written at once, which hardly get smaller.
LabelVolume manyLabels(const Header& header) {
    LabelVolume labels(gridOf(header));
    std::mt19937 random(5);
    for (int64_t voxel = 0; voxel < labels.grid().voxels(); ++voxel)
        labels.set(voxel, static_cast<uint8_t>(random()));
    return labels;
}

class NiftiLabels : public ::testing::Test {
  protected:
    NiftiLabels() {
        header.dim = {3, 101, 97, 83, 1, 1, 1, 1};
        labels = manyLabels(header);
    }
    void write() {
        Result<UnfinishedFile> target = UnfinishedFile::create(file);
        ASSERT_TRUE(target);
        ASSERT_EQ(writeLabels(*target, header, labels, {}), true);
        ASSERT_TRUE(target->finish());
    }

    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "labels.nii.gz";
    Header header = smallHeader();
    LabelVolume labels{VolumeGrid{}};
};

TEST_F(NiftiLabels, OfManyPiecesComeBack) {
    write();
    EXPECT_THAT(readVolume(file, kMaxBytes).value().bytes, ::testing::ElementsAreArray(labels.values()));
    EXPECT_TRUE(holdsLabels(file, labels, {}));
}

TEST_F(NiftiLabels, ThatAreOthersOrBrokenAreNoticed) {
    write();
    LabelVolume others = labels;
    others.set(others.grid().voxels() - 1, static_cast<uint8_t>(labels.values().back() + 1));
    EXPECT_FALSE(holdsLabels(file, others, {}));
    std::vector<uint8_t> bytes = testing::bytesOf(file);
    bytes[bytes.size() - 6] ^= 1;  // of gzip's check sum
    testing::writeBytes(file, bytes);
    EXPECT_FALSE(holdsLabels(file, labels, {}));
    bytes.resize(bytes.size() / 2);
    testing::writeBytes(file, bytes);
    EXPECT_FALSE(holdsLabels(file, labels, {}));
}

TEST_F(NiftiLabels, AreNeitherWrittenNorReadFurtherOnceStopped) {
    write();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(holdsLabels(file, labels, stop.get_token()));
    Result<UnfinishedFile> target = UnfinishedFile::create(folder / "other.nii.gz");
    ASSERT_TRUE(target);
    EXPECT_EQ(writeLabels(*target, header, labels, stop.get_token()), false);
    EXPECT_LT(std::filesystem::file_size(target->path()), 1000U);
}

TEST(NiftiFile, IsKnownByItsContent) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> bytes = fileOf(smallHeader(), 120);
    testing::writeBytes(folder / "plain.bin", bytes);
    testing::writeBytes(folder / "packed.bin", gzip(bytes));
    testing::writeBytes(folder / "text.nii", std::vector<uint8_t>(500, 'x'));
    EXPECT_TRUE(isNifti(folder / "plain.bin"));
    EXPECT_TRUE(isNifti(folder / "packed.bin"));
    EXPECT_FALSE(isNifti(folder / "text.nii"));
    EXPECT_FALSE(isNifti(folder / "none.nii"));
    EXPECT_EQ(readVolume(folder / "plain.bin", kMaxBytes)->bytes,
              readVolume(folder / "packed.bin", kMaxBytes)->bytes);
}

TEST(NiftiFile, RefusesHeadersThatLie) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.nii";
    const auto reasonFor = [&](const std::function<void(Header&)>& change) {
        Header header = smallHeader();
        change(header);
        testing::writeBytes(file, fileOf(header, 120));
        const Result<Volume> volume = readVolume(file, kMaxBytes);
        return volume ? "it was read" : describe(volume.error());
    };
    EXPECT_EQ(reasonFor([](Header&) {}), "it was read");
    EXPECT_THAT(reasonFor([](Header& header) { header.dim[0] = 0; }), HasSubstr("counts 0 dimensions"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim[0] = 8; }), HasSubstr("counts 8 dimensions"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim[2] = -4; }), HasSubstr("a length of -4"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim[3] = 4; }),
                HasSubstr("more than the file can hold"));
    EXPECT_THAT(reasonFor([](Header& header) { header.datatype = 1536; }), HasSubstr("float128"));
    EXPECT_THAT(reasonFor([](Header& header) { header.datatype = 2048; }), HasSubstr("complex256"));
    EXPECT_THAT(reasonFor([](Header& header) { header.datatype = 77; }), HasSubstr("type 77"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim = {5, 5, 4, 1, 1, 3, 1, 1}; }),
                HasSubstr("four dimensions"));
    EXPECT_THAT(reasonFor([](Header& header) {
                    header.sclSlope = 2;
                    header.sclInter = std::numeric_limits<double>::infinity();
                }),
                HasSubstr("scales the values by no number"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim = {4, 30000, 30000, 30000, 30000, 1, 1, 1}; }),
                HasSubstr("larger than the memory"));
    EXPECT_THAT(reasonFor([](Header& header) { header.dim[0] = 8; }), HasSubstr("a.nii"));
}

TEST(NiftiFile, ABombCostsNoMemory) {
    const TemporaryFolder folder;
    Header header = smallHeader();
    header.dim = {3, 10000, 10000, 10, 1, 1, 1, 1};  // 2 GB, of a file of a few hundred bytes
    testing::writeBytes(folder / "a.nii.gz", gzip(fileOf(header, 100000)));
    const long before = testing::peakKibibytes();
    const Result<Volume> volume = readVolume(folder / "a.nii.gz", uint64_t{4} << 30);
    ASSERT_FALSE(volume);
    EXPECT_THAT(describe(volume.error()), HasSubstr("more than the file can hold"));
    EXPECT_LT(testing::peakKibibytes() - before, 64 << 10);
}

TEST(NiftiFile, LimitsItsMemory) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "a.nii", fileOf(smallHeader(), 120));
    EXPECT_TRUE(readVolume(folder / "a.nii", 120));
    EXPECT_EQ(readVolume(folder / "a.nii", 119).error().code, ErrorCode::ImageTooLarge);
}

TEST(NiftiFile, RefusesAFileCutOffAnywhere) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> plain = fileOf(smallHeader(), 120), packed = gzip(plain);
    Header header = smallHeader();
    header.datatype = 32;
    const std::vector<uint8_t> ofComplex = complexFile(header, someComplexNumbers<float>(), true);
    for (const std::vector<uint8_t>& bytes : {plain, packed, ofComplex}) {
        for (size_t length = 0; length < bytes.size(); ++length) {
            testing::writeBytes(folder / "a.nii", std::span(bytes).first(length));
            EXPECT_FALSE(readVolume(folder / "a.nii", kMaxBytes)) << length << " of " << bytes.size();
        }
    }
    testing::writeBytes(folder / "a.nii", packed);
    EXPECT_TRUE(readVolume(folder / "a.nii", kMaxBytes));
}

TEST(NiftiFile, AFlippedBitOfACompressedFileIsNoticed) {
    const TemporaryFolder folder;
    std::vector<uint8_t> bytes = gzip(fileOf(smallHeader(), 120));
    bytes[bytes.size() / 2] ^= 1;
    testing::writeBytes(folder / "a.nii.gz", bytes);
    EXPECT_FALSE(readVolume(folder / "a.nii.gz", kMaxBytes));
}

TEST(NiftiFile, MutantsAreReadOrRefused) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> plain = fileOf(smallHeader(), 120);
    const long before = testing::peakKibibytes();
    std::mt19937 generator(20240607);
    int refused = 0;
    for (const std::vector<uint8_t>& bytes : {plain, gzip(plain)}) {
        for (int i = 0; i < 1000; ++i) {
            testing::writeBytes(folder / "a.nii", testing::mutated(bytes, generator));
            SCOPED_TRACE(i);
            const Result<Volume> volume =
                testing::soon([&] { return readVolume(folder / "a.nii", kMaxBytes); });
            if (!volume) {
                ++refused;
                continue;
            }
            ASSERT_TRUE(volume->isConsistent()) << i;
            for (const SliceView view :
                 {SliceView::Stored, SliceView::Axial, SliceView::Coronal, SliceView::Sagittal}) {
                const int last = sliceCount(volume->info.grid, view) - 1;
                EXPECT_TRUE(sliceOf(*volume, {view, last, volume->info.grid.frames - 1}).isConsistent()) << i;
            }
        }
    }
    EXPECT_LT(testing::peakKibibytes() - before, testing::kMostKibibytesOfDamage);
    EXPECT_GT(refused, 800);
    EXPECT_LT(refused, 2000);
}

TEST(NiftiFile, LabelsOfAComplexImageAreBytes) {
    const TemporaryFolder folder;
    Header image = smallHeader();
    image.datatype = 1792;
    image.sclSlope = 2;
    LabelVolume labels(gridOf(image));
    for (int64_t voxel = 0; voxel < labels.grid().voxels(); ++voxel)
        labels.set(voxel, static_cast<uint8_t>(voxel));
    Result<UnfinishedFile> target = UnfinishedFile::create(folder / "mask.nii.gz");
    ASSERT_TRUE(target && writeLabels(*target, image, labels, {}) && target->finish());
    const Result<Volume> read = readVolume(folder / "mask.nii.gz", kMaxBytes);
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_FALSE(read->info.isMagnitude);
    EXPECT_EQ(read->info.grid, labels.grid());
    EXPECT_THAT(read->bytes, ::testing::ElementsAreArray(labels.values()));
}

TEST(NiftiFile, LabelsLieOnTheGridOfTheirImage) {
    const TemporaryFolder folder;
    const nlohmann::json samples = testing::expectedValues("nifti")["samples"];
    for (const char* name : {"i2 little-endian NIfTI-1 scaled", "f4 big-endian NIfTI-2"}) {
        SCOPED_TRACE(name);
        testing::writeBytes(folder / "a.nii.gz", testing::fromBase64(samples[name]["file"]));
        const Header image = readHeader(folder / "a.nii.gz").value();
        LabelVolume labels(gridOf(image));
        const SliceAddress slice{SliceView::Coronal, 1, 0};
        IndexMask mask{planeOf(labels.grid(), slice)->size, {}};
        for (int64_t i = 0; i < mask.size.area(); ++i) mask.values.push_back(static_cast<uint8_t>(i + 1));
        labels.setSlice(slice, mask);
        Result<UnfinishedFile> target = UnfinishedFile::create(folder / "mask.nii.gz");
        ASSERT_TRUE(target && writeLabels(*target, image, labels, {}) && target->finish());
        EXPECT_TRUE(holdsLabels(folder / "mask.nii.gz", labels, {}));
        const Result<Volume> read = readVolume(folder / "mask.nii.gz", kMaxBytes);
        ASSERT_TRUE(read) << describe(read.error());
        EXPECT_EQ(read->info.type, PixelType::UInt8);
        EXPECT_EQ(read->info.grid, labels.grid());
        EXPECT_EQ(sliceOf(*read, slice).bytes, mask.values);
        const PixelBuffer before = sliceOf(*read, {SliceView::Coronal, 0, 0});
        EXPECT_THAT(before.bytes, ::testing::Each(0));
        Header written = readHeader(folder / "mask.nii.gz").value();
        EXPECT_EQ(written.srow, image.srow);
        EXPECT_EQ(written.quatern, image.quatern);
        EXPECT_EQ(written.version, image.version);
    }
}

}  // namespace
}  // namespace finebrush::nifti
