#include "core/base/text.h"
#include "core/session/images/image_jobs.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/lying_headers.h"
#include "tests/core/image/mutated.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/support/child_process.h"
#include "tests/support/soon.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <array>
#include <map>
#include <random>
#include <string_view>
#include <sys/socket.h>

namespace finebrush {
namespace {

// Images are opened as the window does it, in child processes that may not do, or take, everything.

using testing::TemporaryFolder;

constexpr int kNoFilter = 78;

/// False where a file is refused, with a sentence that names it. Either comes soon.
bool opens(const std::filesystem::path& file, const ImageMemory& memory) {
    SCOPED_TRACE(file);
    const Result<DescribedImage> described =
        testing::soon([&] { return describeImage(file, std::nullopt, memory); });
    if (!described) {
        EXPECT_THAT(describe(described.error()), ::testing::HasSubstr(file.filename().string()));
        return false;
    }
    const Result<OpenedImage> opened = testing::soon([&] { return openImage(described->record, memory); });
    if (!opened) ADD_FAILURE() << describe(opened.error());
    return opened.has_value();
}

/// The status of a child that has checked something.
int verdict() {
    return ::testing::Test::HasFailure() ? 1 : 0;
}

// ---- files of few bytes that ask for much memory

class SmallFilesOfLargeImages : public ::testing::Test {
  protected:
    /// Opens a file in a child, which must not need more than an image that is read whole may.
    bool opensInTheMemoryOfOne(const std::filesystem::path& file) {
        constexpr int kRefused = 79;
        const int status = testing::inChild([&] {
            const long before = testing::peakKibibytes();
            const bool isOpen = opens(file, memory_);
            const long kibibytes = testing::peakKibibytes() - before;
            EXPECT_LT(kibibytes, static_cast<long>(memory_.wholeBytes >> 10));
            if (const int failed = verdict()) return failed;
            return isOpen ? 0 : kRefused;
        });
        EXPECT_THAT(status, ::testing::AnyOf(0, kRefused));
        return status == 0;
    }

    TemporaryFolder folder_;
    ImageMemory memory_{.pyramidFolder = folder_ / "pyramids"};
};

void append(std::vector<uint8_t>& bytes, uint32_t number, size_t count, bool isBigEndian) {
    for (size_t i = 0; i < count; ++i) {
        const size_t shift = 8 * (isBigEndian ? count - 1 - i : i);
        bytes.push_back(static_cast<uint8_t>(number >> shift));
    }
}

/// A stream that inflates to `length` times `count` zeros, made in the time that twice `length` takes.
std::vector<uint8_t> deflatedZeros(size_t length, int count) {
    std::vector<uint8_t> zeros(length), part(compressBound(length) + 100), stream;
    z_stream packer{};
    EXPECT_EQ(deflateInit(&packer, Z_BEST_COMPRESSION), Z_OK);
    const auto pack = [&](int flush) {
        packer.next_in = zeros.data();
        packer.avail_in = static_cast<uInt>(flush == Z_FINISH ? 0 : zeros.size());
        packer.next_out = part.data();
        packer.avail_out = static_cast<uInt>(part.size());
        EXPECT_NE(deflate(&packer, flush), Z_STREAM_ERROR);
        return part.size() - packer.avail_out;
    };
    // What follows a full flush knows nothing of what was before: it may be repeated.
    for (int block = 0; block < 2; ++block) {
        const size_t size = pack(Z_FULL_FLUSH);
        const int copies = block == 0 ? 1 : count - 1;
        for (int copy = 0; copy < copies; ++copy)
            stream.insert(stream.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(size));
    }
    constexpr size_t kCheckBytes = 4;
    const size_t end = pack(Z_FINISH) - kCheckBytes;
    deflateEnd(&packer);
    stream.insert(stream.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(end));
    constexpr uint64_t kAdlerBase = 65521;
    const auto sum = static_cast<uint32_t>(length * static_cast<uint64_t>(count) % kAdlerBase);
    append(stream, sum << 16 | 1, kCheckBytes, true);
    return stream;
}

void appendChunk(std::vector<uint8_t>& png, std::string_view name, const std::vector<uint8_t>& content) {
    append(png, static_cast<uint32_t>(content.size()), 4, true);
    const size_t begin = png.size();
    png.insert(png.end(), name.begin(), name.end());
    png.insert(png.end(), content.begin(), content.end());
    const uLong check = ::crc32(0, &png[begin], static_cast<uInt>(png.size() - begin));
    append(png, static_cast<uint32_t>(check), 4, true);
}

/// A grey PNG of zeros.
void writePngBomb(const std::filesystem::path& file, int side, uint8_t bits) {
    std::vector<uint8_t> png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, header;
    append(header, static_cast<uint32_t>(side), 4, true);
    append(header, static_cast<uint32_t>(side), 4, true);
    header.insert(header.end(), {bits, 0, 0, 0, 0});
    appendChunk(png, "IHDR", header);
    constexpr int kRows = 100;
    const size_t rowBytes = 1 + static_cast<size_t>(side) * bits / 8;
    appendChunk(png, "IDAT", deflatedZeros(rowBytes * kRows, side / kRows));
    appendChunk(png, "IEND", {});
    testing::writeBytes(file, png);
}

TEST_F(SmallFilesOfLargeImages, APngThatInflatesToGigabytesIsRefused) {
    for (const uint8_t bits : {uint8_t{8}, uint8_t{1}}) {
        SCOPED_TRACE(int{bits});
        writePngBomb(folder_ / "a.png", 60000, bits);
        EXPECT_LT(std::filesystem::file_size(folder_ / "a.png"), size_t{5} << 20);
        EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "a.png"));
    }
    writePngBomb(folder_ / "small.png", 400, 8);
    EXPECT_TRUE(opensInTheMemoryOfOne(folder_ / "small.png"));
}

/// A TIFF of one deflated strip of zeros, 16 bits a sample.
void writeTiffOfBands(const std::filesystem::path& file, uint32_t side, uint32_t bands) {
    const std::vector<uint8_t> strip = deflatedZeros(size_t{64} * bands * 2, 1);
    constexpr uint32_t kShort = 3, kLong = 4, kEntries = 10;
    constexpr uint32_t kStripBegin = 8 + 2 + kEntries * 12 + 4;
    const std::array<std::array<uint32_t, 3>, kEntries> entries = {{
        {256, kLong, side},                                 // ImageWidth
        {257, kLong, side},                                 // ImageLength
        {258, kShort, 16},                                  // BitsPerSample
        {259, kShort, 8},                                   // Compression: deflate
        {262, kShort, 1},                                   // PhotometricInterpretation: black is zero
        {273, kLong, kStripBegin},                          // StripOffsets
        {277, kShort, bands},                               // SamplesPerPixel
        {278, kLong, side},                                 // RowsPerStrip
        {279, kLong, static_cast<uint32_t>(strip.size())},  // StripByteCounts
        {284, kShort, 1},                                   // PlanarConfiguration: bands together
    }};
    std::vector<uint8_t> tiff = {'I', 'I', 42, 0, 8, 0, 0, 0};
    append(tiff, kEntries, 2, false);
    for (const auto& [tag, type, value] : entries) {
        append(tiff, tag, 2, false);
        append(tiff, type, 2, false);
        append(tiff, 1, 4, false);
        append(tiff, value, 4, false);
    }
    append(tiff, 0, 4, false);
    tiff.insert(tiff.end(), strip.begin(), strip.end());
    testing::writeBytes(file, tiff);
}

TEST_F(SmallFilesOfLargeImages, ATiffOfThousandsOfBandsIsReadWhereItIsSmall) {
    constexpr uint32_t kMany = 8192, kMostThereCanBe = 65535;
    writeTiffOfBands(folder_ / "small.tif", 8, kMany);
    EXPECT_LT(std::filesystem::file_size(folder_ / "small.tif"), size_t{64} << 10);
    EXPECT_TRUE(opensInTheMemoryOfOne(folder_ / "small.tif"));
    writeTiffOfBands(folder_ / "large.tif", 600, kMany);
    EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "large.tif"));
    writeTiffOfBands(folder_ / "slow.tif", 8, kMostThereCanBe);
    EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "slow.tif"));
}

TEST_F(SmallFilesOfLargeImages, AJpegThatClaimsMoreThanThereIsIsRefused) {
    for (const char* option : {"PROGRESSIVE=NO", "PROGRESSIVE=YES"}) {
        SCOPED_TRACE(option);
        testing::writeImage(folder_ / "honest.jpg", "JPEG",
                            testing::randomPixels({64, 48}, 3, PixelType::UInt8), {option});
        const std::vector<uint8_t> honest = testing::bytesOf(folder_ / "honest.jpg");
        EXPECT_TRUE(opensInTheMemoryOfOne(folder_ / "honest.jpg"));
        for (const uint32_t side : {65500U, 40000U, 8000U}) {
            SCOPED_TRACE(side);
            testing::writeBytes(folder_ / "a.jpg", testing::jpegOfSize(honest, side));
            EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "a.jpg"));
        }
    }
}

TEST_F(SmallFilesOfLargeImages, AJpeg2000ThatClaimsMoreThanThereIsIsRefused) {
    testing::writeImage(folder_ / "honest.jp2", "JP2OpenJPEG",
                        testing::randomPixels({64, 48}, 3, PixelType::UInt8));
    const std::vector<uint8_t> honest = testing::bytesOf(folder_ / "honest.jp2");
    EXPECT_TRUE(opensInTheMemoryOfOne(folder_ / "honest.jp2"));
    constexpr std::pair<uint32_t, uint32_t> kSidesAndTiles[] = {
        {65500, 64},     // more tiles than there can be
        {65500, 1024},   // of which one is there
        {65500, 65500},  // blocks of one tile that take gigabytes
        {8000, 32},      // tiles that are not there, and take gigabytes
        {20000, 20000},
    };
    for (const auto& [side, tileSide] : kSidesAndTiles) {
        SCOPED_TRACE(::testing::Message() << side << " in tiles of " << tileSide);
        testing::writeBytes(folder_ / "a.jp2", testing::jp2OfSize(honest, side, tileSide));
        EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "a.jp2"));
    }
}

TEST_F(SmallFilesOfLargeImages, ABmpOfRunLengthsIsNotUnpackedToGigabytes) {
    constexpr uint32_t kRunLengths = 1;
    constexpr int kSide = 46000;
    std::vector<uint8_t> bmp = testing::bmpOfOneRun(kSide, kSide, kRunLengths);
    std::vector<uint8_t> run(bmp.end() - 4, bmp.end() - 2), end(bmp.end() - 2, bmp.end());
    bmp.resize(bmp.size() - 4);
    constexpr int64_t kMostPixelsOfRun = 255;
    for (int64_t pixel = 0; pixel < int64_t{kSide} * kSide; pixel += kMostPixelsOfRun)
        bmp.insert(bmp.end(), run.begin(), run.end());
    bmp.insert(bmp.end(), end.begin(), end.end());
    testing::writeBytes(folder_ / "a.bmp", bmp);
    EXPECT_LT(bmp.size(), size_t{20} << 20);
    EXPECT_FALSE(opensInTheMemoryOfOne(folder_ / "a.bmp"));
    testing::writeBytes(folder_ / "small.bmp", testing::bmpOfOneRun(120, 1, kRunLengths));
    EXPECT_TRUE(opensInTheMemoryOfOne(folder_ / "small.bmp"));
}

// ---- places and names

constexpr std::array<std::pair<const char*, const char*>, 5> kRasterFormats = {
    {{"PNG", ".png"}, {"JPEG", ".jpg"}, {"GTiff", ".tif"}, {"JP2OpenJPEG", ".jp2"}, {"BMP", ".bmp"}}};

/// A small image of every format, under the name that its ending gets from `stemFor`.
std::vector<std::filesystem::path> writeEachFormat(
    const std::filesystem::path& folder,
    const std::function<std::string(const std::string& ending)>& stemFor) {
    const auto fileOf = [&](const std::string& ending) { return folder / (stemFor(ending) + ending); };
    std::vector<std::filesystem::path> files;
    for (const auto& [driver, ending] : kRasterFormats) {
        files.push_back(fileOf(ending));
        testing::writeImage(files.back(), driver, testing::randomPixels({64, 48}, 3, PixelType::UInt8));
    }
    files.push_back(fileOf(".nii.gz"));
    testing::writeNifti(files.back(), {12, 10, 5});
    for (const char* ending : {".dcm", ""}) {
        files.push_back(fileOf(ending));
        testing::DicomSample().write(files.back());
    }
    return files;
}

TEST(ImagesInAFolder, ThatIsReadOnlyAreOpened) {
    const TemporaryFolder folder;
    const ImageMemory memory{.pyramidFolder = folder / "pyramids"};
    const int status = testing::inChild([&] {
        const std::filesystem::path disk = folder / "disk";
        if (!testing::mountSmallDisk(disk)) return testing::kNoSmallDisk;
        const auto files = writeEachFormat(disk, [](const std::string&) { return "가"; });
        if (!testing::makeReadOnly(disk)) return testing::kNoSmallDisk;
        EXPECT_FALSE(writeFileAtomically(disk / "b.txt", std::string_view("text")));
        for (const std::filesystem::path& file : files) EXPECT_TRUE(opens(file, memory));
        return verdict();
    });
    if (status == testing::kNoSmallDisk)
        GTEST_SKIP() << "NOT TESTED: this system lets no test mount a small disk";
    EXPECT_EQ(status, 0);
}

/// In Hangul, as long as file systems allow with the ending.
std::string longestStem(const std::string& ending) {
    constexpr size_t kMostBytes = 255;
    const std::string letter = "가";
    std::string stem;
    while (stem.size() + letter.size() + ending.size() <= kMostBytes) stem += letter;
    stem.resize(kMostBytes - ending.size(), 'a');
    return stem;
}

TEST(ImagesInAFolder, OfTheLongestNamesAreOpenedAndNothingIsWrittenBesideThem) {
    const TemporaryFolder folder;
    const TemporaryFolder pyramids;
    const ImageMemory memory{.pyramidFolder = pyramids.path()};
    const auto files = writeEachFormat(folder.path(), longestStem);
    const std::vector<std::string> names = folder.names();
    ASSERT_EQ(names.size(), files.size());
    for (const std::string& name : names) ASSERT_EQ(name.size(), 255U);
    const int status = testing::inChild([&] {
        for (const std::filesystem::path& file : files) EXPECT_TRUE(opens(file, memory));
        return verdict();
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(folder.names(), names);
}

// ---- the network

/// The size of a file and when it was changed.
using FileState = std::pair<uintmax_t, std::filesystem::file_time_type>;

/// Of all files in a folder and below it.
std::map<std::string, FileState> statesIn(const std::filesystem::path& folder) {
    std::map<std::string, FileState> states;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) states[entry.path()] = {entry.file_size(), entry.last_write_time()};
    }
    return states;
}

TEST(WithoutSockets, AChildThatAsksForOneEnds) {
    const int status = testing::inChild([] {
        if (!testing::forbidSockets()) return kNoFilter;
        return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? 1 : 0;
    });
    if (status == kNoFilter) GTEST_SKIP() << "NOT TESTED: this system filters no calls";
    EXPECT_EQ(status, -1);
}

TEST(WithoutSockets, EveryImageIsOpenedOrRefused) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL IMAGES: there is no ../shared/data beside this checkout";
    const TemporaryFolder folder;
    const ImageMemory memory{.pyramidFolder = folder / "pyramids"};
    const std::map<std::string, FileState> before = statesIn(data);
    const int status = testing::inChild([&] {
        if (!testing::forbidSockets()) return kNoFilter;
        int refused = 0;
        for (const char* part :
             {"bad", "geotiff", "dicom", "nifti", "tiff16", "format_variants", "messy_jpeg_masks"}) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(data / part)) {
                if (entry.is_regular_file() && !opens(entry.path(), memory)) ++refused;
            }
        }
        EXPECT_GT(refused, 25);
        return verdict();
    });
    if (status == kNoFilter) GTEST_SKIP() << "NOT TESTED: this system filters no calls";
    EXPECT_EQ(status, 0);
    EXPECT_EQ(statesIn(data), before) << "nothing is written beside an image, nor to it";
}

TEST(WithoutSockets, EveryMutantIsOpenedOrRefused) {
    constexpr int kMutants = 40;
    const TemporaryFolder folder;
    const TemporaryFolder mutants;
    const ImageMemory memory{.pyramidFolder = folder / "pyramids"};
    const auto originals = writeEachFormat(folder.path(), [](const std::string&) { return "a"; });
    const int status = testing::inChild([&] {
        if (!testing::forbidSockets()) return kNoFilter;
        const long peak = testing::peakKibibytes();
        std::mt19937 generator(20240607);
        int refused = 0;
        for (const std::filesystem::path& original : originals) {
            const std::vector<uint8_t> bytes = testing::bytesOf(original);
            for (int i = 0; i < kMutants; ++i) {
                const std::string name = formatted("%d%s", i, original.filename().c_str());
                const std::filesystem::path file = mutants / name;
                testing::writeBytes(file, testing::mutated(bytes, generator));
                if (!opens(file, memory)) ++refused;
                EXPECT_THAT(mutants.names(), ::testing::ElementsAre(name));
                std::filesystem::remove(file);
            }
        }
        EXPECT_GT(refused, kMutants);
        EXPECT_LT(testing::peakKibibytes() - peak, testing::kMostKibibytesOfDamage);
        return verdict();
    });
    if (status == kNoFilter) GTEST_SKIP() << "NOT TESTED: this system filters no calls";
    EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace finebrush
