#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace finebrush::testing {

/// What identifies the patient of the files that are made here.
inline constexpr const char* kPatientName = "QUACKENBUSH^TIMOTHEUS";

/// A data set to be changed and written: 6 × 4 pixels of 16 bits, unsigned, of which 12 are used.
class DicomSample {
  public:
    static constexpr int kColumns = 6, kRows = 4, kPixels = kColumns * kRows;

    DicomSample() {
        put(DCM_SOPClassUID, UID_MRImageStorage);
        put(DCM_SOPInstanceUID, "1.2.3.4");
        put(DCM_PatientName, kPatientName);
        put(DCM_PatientID, "QUACK-17");
        put(DCM_PhotometricInterpretation, "MONOCHROME2");
        for (const auto& [tag, value] : {std::pair<DcmTagKey, int>(DCM_SamplesPerPixel, 1),
                                         {DCM_Rows, kRows},
                                         {DCM_Columns, kColumns},
                                         {DCM_BitsAllocated, 16},
                                         {DCM_BitsStored, 12},
                                         {DCM_HighBit, 11},
                                         {DCM_PixelRepresentation, 0}}) {
            put(tag, value);
        }
        std::vector<uint16_t> values(kPixels);
        std::iota(values.begin(), values.end(), uint16_t{0});
        putPixels(values);
    }

    DcmDataset& dataset() { return *file_->getDataset(); }
    void put(const DcmTagKey& tag, const std::string& text) {
        EXPECT_TRUE(dataset().putAndInsertString(tag, text.c_str()).good()) << text;
    }
    void put(const DcmTagKey& tag, int number) {
        EXPECT_TRUE(dataset().putAndInsertUint16(tag, static_cast<Uint16>(number)).good()) << number;
    }
    void putPixels(const std::vector<uint16_t>& values) {
        EXPECT_TRUE(dataset().putAndInsertUint16Array(DCM_PixelData, values.data(), values.size()).good());
    }
    /// Bytes, for samples of 8 bits.
    void putPixels(const std::vector<uint8_t>& values) {
        EXPECT_TRUE(dataset().putAndInsertUint8Array(DCM_PixelData, values.data(), values.size()).good());
    }
    void place(const std::string& position, const std::string& orientation = "1\\0\\0\\0\\1\\0") {
        put(DCM_PixelSpacing, "0.5\\0.25");
        put(DCM_ImagePositionPatient, position);
        put(DCM_ImageOrientationPatient, orientation);
    }
    void write(const std::filesystem::path& path, E_TransferSyntax syntax = EXS_LittleEndianExplicit) {
        ASSERT_TRUE(file_->saveFile(path.c_str(), syntax).good()) << path;
    }

  private:
    std::unique_ptr<DcmFileFormat> file_ = std::make_unique<DcmFileFormat>();
};

}  // namespace finebrush::testing
