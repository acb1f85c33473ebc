#include "core/image/dicom/dicom_file.h"

#include "core/image/dicom/dicom_tables.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/expected_values.h"

#include <gmock/gmock.h>

#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <limits>

namespace finebrush::dicom {
namespace {

using testing::DicomSample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

constexpr uint64_t kMaxBytes = uint64_t{256} << 20;
constexpr E_TransferSyntax kPlainSyntaxes[] = {EXS_LittleEndianImplicit, EXS_LittleEndianExplicit,
                                               EXS_BigEndianExplicit, EXS_DeflatedLittleEndianExplicit};

Volume readBack(DicomSample& sample, E_TransferSyntax syntax = EXS_LittleEndianExplicit) {
    const TemporaryFolder folder;
    sample.write(folder / "a.dcm", syntax);
    const Result<Volume> volume = readVolume(folder / "a.dcm", kMaxBytes);
    if (!volume) throw std::runtime_error(describe(volume.error()));
    EXPECT_TRUE(volume->isConsistent());
    const Result<VolumeInfo> info = readInfo(folder / "a.dcm");
    EXPECT_EQ(info->grid, volume->info.grid);
    EXPECT_EQ(info->type, volume->info.type);
    return *volume;
}

std::string reasonFor(DicomSample& sample, uint64_t maxBytes = kMaxBytes) {
    const TemporaryFolder folder;
    sample.write(folder / "a.dcm");
    const Result<Volume> volume = readVolume(folder / "a.dcm", maxBytes);
    return volume ? "it was read" : describe(volume.error());
}

template <typename Sample>
std::vector<Sample> valuesOf(const Volume& volume) {
    std::vector<Sample> values(volume.bytes.size() / sizeof(Sample));
    std::memcpy(values.data(), volume.bytes.data(), volume.bytes.size());
    return values;
}

TEST(DicomFile, ReadsWhatPydicomReads) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL DICOM: there is no ../shared/data beside this checkout";
    const nlohmann::json expected = testing::expectedValues("dicom");
    EXPECT_EQ(expected.size(), 35u);
    for (const auto& [name, entry] : expected.items()) {
        SCOPED_TRACE(name);
        const Result<Volume> volume = readVolume(data / "dicom/pydicom" / name, kMaxBytes);
        ASSERT_TRUE(volume) << describe(volume.error());
        EXPECT_EQ(nlohmann::json(volume->info.grid.size), entry["size"]);
        EXPECT_EQ(volume->info.bands, entry["bands"]);
        EXPECT_EQ(pixelTypeName(volume->info.type), entry["type"]);
        EXPECT_TRUE(volume->isConsistent());
        if (entry.contains("values")) {
            EXPECT_EQ(sha256(volume->bytes), entry["values"]);
            continue;
        }
        // Lossy JPEG: decoders may round in other ways.
        for (size_t i = 0; i < entry["pixels"].size(); ++i) {
            EXPECT_NEAR(volume->bytes[i * 30011], entry["pixels"][i].get<int>(), 3) << i;
        }
    }
}

TEST(DicomFile, BadFilesAreReadOrRefusedWithAReason) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL DICOM: there is no ../shared/data beside this checkout";
    const std::vector<std::filesystem::path> files = filesIn(data / "bad/dicom").value();
    EXPECT_EQ(files.size(), 10u);
    for (const std::filesystem::path& file : files) {
        const Result<Volume> volume = readVolume(file, kMaxBytes);
        EXPECT_EQ(volume.has_value(), file.filename() == "bad_sequence.dcm") << file;
        if (volume) continue;
        EXPECT_THAT(describe(volume.error()), HasSubstr(file.filename().string()));
    }
    EXPECT_THAT(describe(readVolume(data / "bad/dicom/rtstruct.dcm", kMaxBytes).error()),
                HasSubstr("without pixels"));
    EXPECT_THAT(describe(readVolume(data / "bad/dicom/MR_truncated.dcm", kMaxBytes).error()),
                HasSubstr("cannot be read to the end"));
}

TEST(DicomFile, EverySyntaxGivesTheSameValues) {
    for (const E_TransferSyntax syntax : kPlainSyntaxes) {
        SCOPED_TRACE(DcmXfer(syntax).getXferName());
        DicomSample sample;
        const std::vector<uint16_t> values = valuesOf<uint16_t>(readBack(sample, syntax));
        for (int i = 0; i < DicomSample::kPixels; ++i) EXPECT_EQ(values[static_cast<size_t>(i)], i);
    }
}

TEST(DicomFile, BytesAreInOrderInEverySyntax) {
    for (const E_TransferSyntax syntax : kPlainSyntaxes) {
        SCOPED_TRACE(DcmXfer(syntax).getXferName());
        DicomSample sample;
        sample.put(DCM_BitsAllocated, 8);
        sample.put(DCM_BitsStored, 8);
        sample.put(DCM_HighBit, 7);
        sample.put(DCM_Rows, 3);
        sample.put(DCM_Columns, 3);
        sample.put(DCM_NumberOfFrames, "2");  // frames of 9 bytes: the second begins within a word
        std::vector<uint8_t> bytes(18);
        std::iota(bytes.begin(), bytes.end(), uint8_t{1});
        sample.putPixels(bytes);
        EXPECT_THAT(readBack(sample, syntax).bytes, ::testing::ElementsAreArray(bytes));
    }
}

TEST(DicomFile, LongSamplesOfBigEndianFilesAreOneNumber) {
    DicomSample sample;
    sample.put(DCM_BitsAllocated, 32);
    sample.put(DCM_BitsStored, 32);
    sample.put(DCM_HighBit, 31);
    sample.put(DCM_Rows, 1);
    sample.put(DCM_Columns, 2);
    sample.putPixels(std::vector<uint16_t>{0x0102, 0x0304, 0xA0B0, 0xC0D0});  // the high words first
    EXPECT_THAT(valuesOf<uint32_t>(readBack(sample, EXS_BigEndianExplicit)),
                ElementsAre(0x01020304, 0xA0B0C0D0));
}

/// DCMTK's encoders of JPEG, which the product has no use for.
class JpegEncoders {
  public:
    JpegEncoders() { DJEncoderRegistration::registerCodecs(); }
    ~JpegEncoders() { DJEncoderRegistration::cleanup(); }
    JpegEncoders(const JpegEncoders&) = delete;
    JpegEncoders& operator=(const JpegEncoders&) = delete;
};

Volume readCompressed(DicomSample& sample, E_TransferSyntax syntax, const DcmRepresentationParameter& how) {
    const JpegEncoders encoders;
    EXPECT_TRUE(sample.dataset().chooseRepresentation(syntax, &how).good());
    return readBack(sample, syntax);
}

constexpr int kWide = 48, kHigh = 40;

/// Values of 12 bits, uneven and from 0 on: DCMTK's encoder of lossy JPEG takes the least one off all.
DicomSample sampleOf12Bits(std::vector<uint16_t>& values) {
    for (int y = 0; y < kHigh; ++y) {
        for (int x = 0; x < kWide; ++x)
            values.push_back(static_cast<uint16_t>(45 * (x + y) + (31 * x + 17 * y) % 64));
    }
    DicomSample sample;
    sample.put(DCM_Columns, kWide);
    sample.put(DCM_Rows, kHigh);
    sample.putPixels(values);
    return sample;
}

TEST(DicomFile, LossyJpegOf12BitsKeepsMoreThan8) {
    std::vector<uint16_t> values;
    DicomSample sample = sampleOf12Bits(values);
    const Volume volume = readCompressed(sample, EXS_JPEGProcess2_4, DJ_RPLossy(90));
    EXPECT_EQ(volume.info.type, PixelType::UInt16);
    const std::vector<uint16_t> read = valuesOf<uint16_t>(volume);
    ASSERT_EQ(read.size(), values.size());
    for (size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(read[i], values[i], 15) << i;
}

/// Process 14 without the restriction to the first way of prediction.
class LosslessJpeg : public ::testing::TestWithParam<int> {};

TEST_P(LosslessJpeg, GivesTheValuesBack) {
    const DJ_RPLossless how(GetParam());
    std::vector<uint16_t> values;
    DicomSample sample = sampleOf12Bits(values);
    EXPECT_EQ(valuesOf<uint16_t>(readCompressed(sample, EXS_JPEGProcess14, how)), values);

    std::vector<uint16_t> wide;
    for (const uint16_t value : values) wide.push_back(static_cast<uint16_t>(value * 16 + value % 16));
    DicomSample signedSample = sampleOf12Bits(values);
    signedSample.put(DCM_BitsStored, 16);
    signedSample.put(DCM_HighBit, 15);
    signedSample.put(DCM_PixelRepresentation, 1);
    signedSample.putPixels(wide);
    EXPECT_EQ(valuesOf<int16_t>(readCompressed(signedSample, EXS_JPEGProcess14, how)),
              std::vector<int16_t>(wide.begin(), wide.end()));

    DicomSample colours;
    colours.put(DCM_SamplesPerPixel, 3);
    colours.put(DCM_BitsAllocated, 8);
    colours.put(DCM_BitsStored, 8);
    colours.put(DCM_HighBit, 7);
    colours.put(DCM_PhotometricInterpretation, "RGB");
    colours.put(DCM_PlanarConfiguration, 0);
    std::vector<uint8_t> bytes(size_t{3} * DicomSample::kPixels);
    std::iota(bytes.begin(), bytes.end(), uint8_t{100});
    colours.putPixels(bytes);
    EXPECT_EQ(readCompressed(colours, EXS_JPEGProcess14, how).bytes, bytes);
}

INSTANTIATE_TEST_SUITE_P(Predictions, LosslessJpeg, ::testing::Values(1, 4, 7));

TEST(DicomFile, OnlyTheStoredBitsCount) {
    DicomSample sample;
    sample.put(DCM_Rows, 1);
    sample.put(DCM_Columns, 4);
    sample.put(DCM_HighBit, 13);  // two bits below, two above
    const std::vector<uint16_t> stored = {0xC003, 0x2004, 0xFFFF, 0x0008};
    sample.putPixels(stored);
    EXPECT_THAT(valuesOf<uint16_t>(readBack(sample)), ElementsAre(0, 2049, 4095, 2));
    sample.put(DCM_PixelRepresentation, 1);
    EXPECT_THAT(valuesOf<int16_t>(readBack(sample)), ElementsAre(0, -2047, -1, 2));
}

TEST(DicomFile, RescalesToTheNarrowestTypeThatHoldsAll) {
    DicomSample sample;
    sample.put(DCM_RescaleSlope, "1");
    sample.put(DCM_RescaleIntercept, "-1024");
    const Volume ct = readBack(sample);
    EXPECT_EQ(ct.info.type, PixelType::Int16);
    EXPECT_EQ(valuesOf<int16_t>(ct)[5], -1019);
    sample.put(DCM_BitsStored, 16);
    sample.put(DCM_HighBit, 15);
    EXPECT_EQ(readBack(sample).info.type, PixelType::Int32);
    sample.put(DCM_RescaleSlope, " 0.3 ");
    sample.put(DCM_RescaleIntercept, "+1e-3");
    const Volume pet = readBack(sample);
    EXPECT_EQ(pet.info.type, PixelType::Float32);
    EXPECT_EQ(valuesOf<float>(pet)[7], static_cast<float>(7 * 0.3 + 0.001));
    // A missing element is no zero.
    ASSERT_TRUE(sample.dataset().findAndDeleteElement(DCM_RescaleSlope).good());
    EXPECT_EQ(valuesOf<float>(readBack(sample))[7], static_cast<float>(7 + 0.001));
}

TEST(DicomFile, WhiteIsNeverZero) {
    DicomSample sample;
    sample.put(DCM_PhotometricInterpretation, "MONOCHROME1");
    sample.put(DCM_WindowCenter, "100");
    sample.put(DCM_WindowWidth, "50");
    sample.put(DCM_PixelPaddingValue, 7);
    const Volume volume = readBack(sample);
    EXPECT_EQ(valuesOf<uint16_t>(volume)[5], 4090);
    EXPECT_EQ(volume.info.windows.front().centre, 3995);
    EXPECT_EQ(volume.info.nodata, 4088);
}

/// Says that a sample is of three times 8 bits, a pixel's together.
void makeColour(DicomSample& sample, PixelSize size, const char* interpretation) {
    sample.put(DCM_SamplesPerPixel, 3);
    sample.put(DCM_BitsAllocated, 8);
    sample.put(DCM_BitsStored, 8);
    sample.put(DCM_HighBit, 7);
    sample.put(DCM_Rows, size.height);
    sample.put(DCM_Columns, size.width);
    sample.put(DCM_PhotometricInterpretation, interpretation);
    sample.put(DCM_PlanarConfiguration, 0);
}

TEST(DicomFile, ColoursBecomeRgb) {
    DicomSample sample;
    makeColour(sample, {2, 1}, "RGB");
    sample.putPixels(std::vector<uint8_t>{1, 2, 3, 4, 5, 6});
    EXPECT_THAT(readBack(sample).bytes, ElementsAre(1, 2, 3, 4, 5, 6));
    sample.put(DCM_PlanarConfiguration, 1);
    EXPECT_THAT(readBack(sample).bytes, ElementsAre(1, 3, 5, 2, 4, 6));
    sample.put(DCM_PlanarConfiguration, 0);
    sample.put(DCM_PhotometricInterpretation, "YBR_FULL");
    sample.putPixels(std::vector<uint8_t>{100, 128, 128, 81, 90, 240});  // a grey, and nearly pure red
    EXPECT_THAT(readBack(sample).bytes, ElementsAre(100, 100, 100, 238, 14, 14));
    sample.put(DCM_PhotometricInterpretation, "YBR_FULL_422");
    sample.putPixels(std::vector<uint8_t>{100, 200, 128, 128});
    EXPECT_THAT(readBack(sample).bytes, ElementsAre(100, 100, 100, 200, 200, 200));
}

TEST(DicomFile, AnOddNumberOfPixelsThatShareColoursInPairsIsRefused) {
    DicomSample sample;
    makeColour(sample, {3, 3}, "YBR_FULL_422");
    sample.put(DCM_NumberOfFrames, "2");
    sample.putPixels(std::vector<uint8_t>(36, 100));
    EXPECT_THAT(reasonFor(sample), HasSubstr("their number is odd"));
    sample.put(DCM_Rows, 2);
    EXPECT_EQ(readBack(sample).bytes.size(), 2U * 6 * 3);
}

void putPalette(DicomSample& sample, const std::vector<uint16_t>& red, Uint16 bits = 16) {
    const Uint16 descriptor[3] = {static_cast<Uint16>(red.size()), 10, bits};
    for (const auto& [description, data] :
         {std::pair<DcmTagKey, DcmTagKey>(DCM_RedPaletteColorLookupTableDescriptor,
                                          DCM_RedPaletteColorLookupTableData),
          {DCM_GreenPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableData},
          {DCM_BluePaletteColorLookupTableDescriptor, DCM_BluePaletteColorLookupTableData}}) {
        ASSERT_TRUE(sample.dataset().putAndInsertUint16Array(description, descriptor, 3).good());
        ASSERT_TRUE(sample.dataset().putAndInsertUint16Array(data, red.data(), red.size()).good());
    }
}

TEST(DicomFile, PalettesBecomeRgb) {
    DicomSample sample;
    sample.put(DCM_PhotometricInterpretation, "PALETTE COLOR");
    sample.put(DCM_Rows, 1);
    sample.put(DCM_Columns, 4);
    sample.putPixels(std::vector<uint16_t>{9, 10, 12, 99});
    EXPECT_THAT(reasonFor(sample), HasSubstr("its palette is missing"));
    putPalette(sample, {0x1100, 0x2200, 0x33FF});
    EXPECT_THAT(readBack(sample).bytes,
                ElementsAre(0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33));
    putPalette(sample, {0x11, 0x22, 0xFF});  // 8 bits in a table that says 16
    EXPECT_THAT(readBack(sample).bytes, ::testing::Contains(0xFF));
    for (const Uint16 bits : {0, 17, 65535}) {
        putPalette(sample, {0x1100, 0x2200, 0x33FF}, bits);
        EXPECT_THAT(reasonFor(sample), HasSubstr("its palette is missing")) << bits;
    }
}

TEST(DicomFile, DescriptorsOfTablesThatAreNoWholeNumbersAreDamage) {
    DicomSample sample;
    sample.put(DCM_PhotometricInterpretation, "PALETTE COLOR");
    putPalette(sample, {0x1100, 0x2200, 0x33FF});
    for (const double count : {2.5, 1e300, -1e300, 70000.0, std::numeric_limits<double>::quiet_NaN()}) {
        auto* descriptor =
            new DcmFloatingPointDouble(DcmTag(DCM_RedPaletteColorLookupTableDescriptor, EVR_FD));
        const Float64 numbers[3] = {count, 10, 16};
        ASSERT_TRUE(descriptor->putFloat64Array(numbers, 3).good());
        ASSERT_TRUE(sample.dataset().insert(descriptor, OFTrue).good());
        EXPECT_TRUE(dicom::paletteOf(sample.dataset())[0].isEmpty()) << count;
    }
}

TEST(DicomFile, KnowsWindowsSpacingAndPlace) {
    DicomSample sample;
    sample.place("-10\\20\\30.5");
    sample.put(DCM_SliceThickness, "3");
    sample.put(DCM_WindowCenter, "40\\-600");
    sample.put(DCM_WindowWidth, "400\\1500");
    sample.put(DCM_WindowCenterWidthExplanation, "SOFT TISSUE\\DOE^JOHN");
    const VolumeInfo info = readBack(sample).info;
    EXPECT_TRUE(info.grid.isPlaced);
    EXPECT_EQ(info.grid.patientFromVoxel,
              (VoxelMatrix{{{0.25, 0, 0, -10}, {0, 0.5, 0, 20}, {0, 0, 3, 30.5}}}));
    // The second name is not made of plain letters, and might be a person's.
    EXPECT_THAT(info.windows,
                ElementsAre(DisplayWindow{40, 400, "SOFT TISSUE"}, DisplayWindow{-600, 1500, ""}));
    EXPECT_EQ(info.middleSlice(), (SliceAddress{SliceView::Stored, 0, 0}));
}

TEST(DicomFile, HounsfieldUnitsAreThoseOfARescaledCtOrNamed) {
    const auto isHounsfield = [](const char* modality, const char* intercept, const char* unit,
                                 const char* colours = "MONOCHROME2") {
        DicomSample sample;
        sample.put(DCM_Modality, modality);
        sample.put(DCM_PhotometricInterpretation, colours);
        if (*intercept) sample.put(DCM_RescaleIntercept, intercept);
        if (*unit) sample.put(DCM_RescaleType, unit);
        return readBack(sample).info.isHounsfield;
    };
    EXPECT_TRUE(isHounsfield("CT", "-1024", ""));
    EXPECT_TRUE(isHounsfield("CT", "-1024", "US")) << "not specified";
    EXPECT_TRUE(isHounsfield("OT", "-1024", "HU"));
    EXPECT_FALSE(isHounsfield("CT", "-1024", "Z_EFF"));
    EXPECT_FALSE(isHounsfield("CT", "", "")) << "stored values";
    EXPECT_FALSE(isHounsfield("MR", "-1024", ""));
    EXPECT_FALSE(isHounsfield("CT", "-1024", "HU", "MONOCHROME1")) << "they are turned around";
}

/// Frames of an enhanced object, 2 mm apart.
void putFunctionalGroups(DicomSample& sample, const std::vector<std::string>& positions) {
    DcmItem *group = nullptr, *item = nullptr;
    DcmDataset& dataset = sample.dataset();
    const auto add = [](DcmItem& parent, const DcmTagKey& sequence, int position) {
        DcmItem* added = nullptr;
        EXPECT_TRUE(parent.findOrCreateSequenceItem(sequence, added, position).good());
        return added;
    };
    group = add(dataset, DCM_SharedFunctionalGroupsSequence, 0);
    item = add(*group, DCM_PlaneOrientationSequence, 0);
    item->putAndInsertString(DCM_ImageOrientationPatient, "0\\1\\0\\0\\0\\-1");
    item = add(*group, DCM_PixelMeasuresSequence, 0);
    item->putAndInsertString(DCM_PixelSpacing, "0.5\\0.5");
    for (size_t i = 0; i < positions.size(); ++i) {
        group = add(dataset, DCM_PerFrameFunctionalGroupsSequence, static_cast<int>(i));
        item = add(*group, DCM_PlanePositionSequence, 0);
        item->putAndInsertString(DCM_ImagePositionPatient, positions[i].c_str());
        item = add(*group, DCM_PixelValueTransformationSequence, 0);
        item->putAndInsertString(DCM_RescaleSlope, std::to_string(i + 1).c_str());
        item->putAndInsertString(DCM_RescaleIntercept, "0");
    }
    sample.put(DCM_NumberOfFrames, std::to_string(positions.size()));
    std::vector<uint16_t> values(positions.size() * DicomSample::kPixels);
    std::iota(values.begin(), values.end(), uint16_t{0});
    sample.putPixels(values);
}

TEST(DicomFile, FramesAreSlicesOfTheirOwnPlaceAndScale) {
    DicomSample sample;
    putFunctionalGroups(sample, {"8\\0\\0", "6\\0\\0", "4\\0\\0"});
    const Volume volume = readBack(sample);
    EXPECT_TRUE(volume.info.grid.isPlaced);
    EXPECT_EQ(volume.info.grid.spacing(), (std::array<double, 3>{0.5, 0.5, 2}));
    const std::vector<uint16_t> values = valuesOf<uint16_t>(volume);
    EXPECT_EQ(values[5], 5);
    EXPECT_EQ(values[2 * DicomSample::kPixels + 5], (2 * DicomSample::kPixels + 5) * 3);
    // Sagittal slices from the patient's right: the last frame is the first.
    EXPECT_EQ(sliceOf(volume, {SliceView::Sagittal, 0, 0}), sliceOf(volume, {SliceView::Stored, 2, 0}));
}

TEST(DicomFile, FramesInUnevenStepsHaveNoPlace) {
    DicomSample sample;
    putFunctionalGroups(sample, {"8\\0\\0", "6\\0\\0", "3\\0\\0"});
    EXPECT_FALSE(readBack(sample).info.grid.isPlaced);
}

TEST(DicomFile, RefusesHeadersThatLie) {
    DicomSample sample;
    sample.put(DCM_Rows, 5);
    EXPECT_THAT(reasonFor(sample), HasSubstr("more than it holds"));
    sample.put(DCM_Rows, 65535);
    sample.put(DCM_Columns, 65535);
    EXPECT_THAT(reasonFor(sample), HasSubstr("more than it holds"));
    DicomSample frames;
    frames.put(DCM_NumberOfFrames, "2000000000");
    EXPECT_THAT(reasonFor(frames), HasSubstr("claims 2000000000 frames"));
    frames.put(DCM_NumberOfFrames, "-1");
    EXPECT_THAT(reasonFor(frames), HasSubstr("no frame"));
    frames.put(DCM_NumberOfFrames, "1A");
    EXPECT_THAT(reasonFor(frames), HasSubstr("no number"));
    DicomSample bits;
    bits.put(DCM_BitsStored, 17);
    EXPECT_THAT(reasonFor(bits), HasSubstr("impossible depth"));
    bits.put(DCM_BitsAllocated, 12);
    EXPECT_THAT(reasonFor(bits), HasSubstr("12 bits a sample"));
    DicomSample colours;
    colours.put(DCM_PhotometricInterpretation, "RGB");
    EXPECT_THAT(reasonFor(colours), HasSubstr("do not fit"));
    colours.put(DCM_PhotometricInterpretation, "HSV");
    EXPECT_THAT(reasonFor(colours), HasSubstr("rare colour model"));
    DicomSample large;
    EXPECT_THAT(reasonFor(large, 47), HasSubstr("larger than the memory"));
    EXPECT_EQ(reasonFor(large, 48), "it was read");
}

TEST(DicomFile, RefusesWhatHasNoImage) {
    DicomSample sample;
    ASSERT_TRUE(sample.dataset().findAndDeleteElement(DCM_PixelData).good());
    EXPECT_THAT(reasonFor(sample), HasSubstr("without pixels"));
}

TEST(DicomFile, ADeflatedBombCostsNoMemory) {
    const TemporaryFolder folder;
    DicomSample sample;
    sample.put(DCM_Rows, 30000);
    sample.put(DCM_Columns, 10000);
    sample.putPixels(std::vector<uint16_t>(300'000'000));
    sample.write(folder / "a.dcm", EXS_DeflatedLittleEndianExplicit);
    ASSERT_LT(std::filesystem::file_size(folder / "a.dcm"), 1u << 20);
    sample = DicomSample();
    EXPECT_THAT(describe(readVolume(folder / "a.dcm", uint64_t{2} << 30).error()),
                HasSubstr("inflates to more"));
}

TEST(DicomFile, DeeplyNestedSequencesAreRefused) {
    const TemporaryFolder folder;
    DicomSample sample;
    sample.write(folder / "a.dcm");
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.dcm");
    constexpr uint8_t kLevel[] = {0xFC, 0xFF, 0xFC, 0xFF, 'S',  'Q',  0,    0,    0xFF, 0xFF,
                                  0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF};
    for (int level = 0; level < 150'000; ++level)
        bytes.insert(bytes.end(), std::begin(kLevel), std::end(kLevel));
    testing::writeBytes(folder / "a.dcm", bytes);
    EXPECT_FALSE(readVolume(folder / "a.dcm", kMaxBytes));
    for (int level = 0; level < 100'000; ++level)
        bytes.insert(bytes.end(), std::begin(kLevel), std::end(kLevel));
    testing::writeBytes(folder / "a.dcm", bytes);
    EXPECT_THAT(describe(readVolume(folder / "a.dcm", kMaxBytes).error()), HasSubstr("more items"));
}

TEST(DicomFile, IsKnownByItsContent) {
    const TemporaryFolder folder;
    DicomSample sample;
    sample.write(folder / "IM0001");
    EXPECT_TRUE(isDicom(folder / "IM0001"));
    // An old file without a preamble is believed where its name says what it is.
    const std::vector<uint8_t> bytes = testing::bytesOf(folder / "IM0001");
    const auto body = std::span(bytes).subspan(132);
    testing::writeBytes(folder / "old.dcm", body);
    testing::writeBytes(folder / "old.bin", body);
    testing::writeBytes(folder / "text.dcm", std::vector<uint8_t>(1000, 'x'));
    EXPECT_TRUE(isDicom(folder / "old.dcm"));
    EXPECT_FALSE(isDicom(folder / "old.bin"));
    EXPECT_FALSE(isDicom(folder / "text.dcm"));
    EXPECT_FALSE(isDicom(folder / "none.dcm"));
    EXPECT_FALSE(isDicom(folder.path()));
    EXPECT_TRUE(readVolume(folder / "old.dcm", kMaxBytes));
}

}  // namespace
}  // namespace finebrush::dicom
