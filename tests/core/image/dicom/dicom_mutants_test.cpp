#include "core/image/dicom/dicom_file.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/mutated.h"
#include "tests/support/soon.h"

#include <gmock/gmock.h>

#include <sys/resource.h>

namespace finebrush::dicom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

constexpr int kMutants = 300;
constexpr uint64_t kMaxBytes = uint64_t{128} << 20;
constexpr long kMostKilobytes = 1'200'000;

/// Reads a damaged file; it must come to a volume or to a reason, soon, and without a word of the patient.
bool isRefused(const std::filesystem::path& file) {
    const Result<Volume> volume = testing::soon([&] { return readVolume(file, kMaxBytes); });
    if (!volume) {
        EXPECT_THAT(describe(volume.error()), Not(HasSubstr("QUACK")));
        return true;
    }
    EXPECT_TRUE(volume->isConsistent());
    for (const SliceView view :
         {SliceView::Stored, SliceView::Axial, SliceView::Coronal, SliceView::Sagittal}) {
        const int last = sliceCount(volume->info.grid, view) - 1;
        EXPECT_TRUE(sliceOf(*volume, {view, last, 0}).isConsistent());
    }
    return false;
}

/// Cuts a file off at every percent, then overwrites bytes of it.
void attack(const std::vector<uint8_t>& original) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.dcm";
    for (size_t percent = 0; percent < 100; ++percent) {
        testing::writeBytes(file, std::span(original).first(original.size() * percent / 100));
        EXPECT_TRUE(isRefused(file)) << percent << " %";
    }
    std::mt19937 generator(20240607);
    int refused = 0;
    for (int i = 0; i < kMutants; ++i) {
        SCOPED_TRACE(i);
        testing::writeBytes(file, testing::mutated(original, generator));
        refused += isRefused(file) ? 1 : 0;
    }
    EXPECT_GT(refused, kMutants / 10);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("a.dcm"));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    EXPECT_LT(usage.ru_maxrss, kMostKilobytes);
}

class DicomMutants : public ::testing::TestWithParam<E_TransferSyntax> {};

TEST_P(DicomMutants, AreReadOrRefusedAndTellNothingOfThePatient) {
    const TemporaryFolder folder;
    testing::DicomSample sample;
    sample.place("1\\2\\3");
    sample.write(folder / "a.dcm", GetParam());
    const std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.dcm");
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    attack(bytes);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    EXPECT_THAT(::testing::internal::GetCapturedStdout(), Not(HasSubstr("QUACK")));
}

INSTANTIATE_TEST_SUITE_P(Syntaxes, DicomMutants,
                         ::testing::Values(EXS_LittleEndianImplicit, EXS_LittleEndianExplicit,
                                           EXS_BigEndianExplicit, EXS_DeflatedLittleEndianExplicit));

class RealDicomMutants : public ::testing::TestWithParam<const char*> {};

TEST_P(RealDicomMutants, AreReadOrRefused) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL DICOM: there is no ../shared/data beside this checkout";
    attack(testing::bytesOf(data / "dicom/pydicom" / GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Files, RealDicomMutants,
                         ::testing::Values("CT_small.dcm", "MR_small_RLE.dcm",
                                           "emri_small_jpeg_ls_lossless.dcm", "JPEG2000.dcm", "693_J2KI.dcm",
                                           "JPEG-LL.dcm", "SC_rgb_jpeg.dcm", "SC_rgb_rle_16bit_2frame.dcm",
                                           "examples_palette.dcm", "parametric_map_float.dcm", "rtdose.dcm"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::erase_if(name, [](unsigned char letter) { return !std::isalnum(letter); });
                             return name;
                         });

}  // namespace
}  // namespace finebrush::dicom
