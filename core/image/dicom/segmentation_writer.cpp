#include "core/image/dicom/segmentation_writer.h"

#include "core/base/files.h"
#include "core/image/dicom/dicom_elements.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/dicom/lab_colour.h"
#include "core/image/volume/vector3.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <dcmtk/dcmdata/dcostrma.h>
#include <dcmtk/dcmfg/fgderimg.h>
#include <dcmtk/dcmfg/fgfracon.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace finebrush::dicom {

namespace {

constexpr size_t kLongestLabel = 64;  // of the type LO

/// The identity of an image, for those who refer to it.
struct Reference {
    std::string sopClass;
    std::string instance;
};

/// A decimal string of at most 16 characters, as the type DS wants it.
OFString decimal(double number) {
    std::array<char, 16> text;
    for (int digits = 12; digits > 0; --digits) {
        const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number,
                                                  std::chars_format::general, digits);  // in every locale
        if (problem == std::errc()) return {text.data(), static_cast<size_t>(end - text.data())};
    }
    return "0";
}

/// The first characters of a UTF-8 text.
std::string shortened(const std::string& text) {
    size_t end = 0;
    for (size_t count = 0; end < text.size() && count < kLongestLabel; ++count) {
        ++end;
        while (end < text.size() && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) ++end;
    }
    return text.substr(0, end);
}

/// Throws where DCMTK refuses what must be right.
void require(const OFCondition& outcome) {
    if (outcome.bad()) throw std::logic_error(std::string("DCMTK: ") + outcome.text());
}

/// Builds the object with DCMTK's module for it.
class Builder {
  public:
    explicit Builder(const LabelVolume& labels) : labels_(labels), grid_(labels.grid()) {
        ContentIdentificationMacro* content = nullptr;
        require(ContentIdentificationMacro::create("1", "LABELS", "Labels", "Finebrush", content));
        const std::unique_ptr<ContentIdentificationMacro> owned(content);
        const IODGeneralEquipmentModule::EquipmentInfo equipment("Finebrush", "Finebrush", "0", "1");
        DcmSegmentation* made = nullptr;
        require(DcmSegmentation::createBinarySegmentation(made, static_cast<Uint16>(grid_.size[1]),
                                                          static_cast<Uint16>(grid_.size[0]), equipment,
                                                          *content));
        object_.reset(made);
        object_->getSeries().setSeriesDescription("Labels");
        object_->getSeries().setSeriesNumber("1000");
        addDimensions();
        addSharedGroups();
    }

    DcmSegmentation& object() { return *object_; }
    const std::vector<std::string>& labelTexts() const { return labelTexts_; }

    /// Adds a segment with a frame for each slice that holds its value; fewer where it is asked to stop.
    void add(uint8_t value, const Segment& segment, const std::vector<Reference>& images,
             const std::stop_token& stop) {
        std::vector<int> slices;
        for (int slice = 0; slice < grid_.size[2]; ++slice) {
            if (std::ranges::find(voxelsOf(slice), value) != voxelsOf(slice).end()) slices.push_back(slice);
        }
        if (slices.empty()) return;
        const CodeSequenceMacro tissue("85756007", "SCT", "Tissue");
        DcmSegment* made = nullptr;
        labelTexts_.push_back(shortened(segment.label));
        require(
            DcmSegment::create(made, "label", tissue, tissue, DcmSegTypes::SAT_SEMIAUTOMATIC, "Finebrush"));
        if (segment.colour) {
            const auto [lightness, a, b] = dicomLabFromRgb(*segment.colour);
            require(made->setRecommendedDisplayCIELabValue(lightness, a, b));
        }
        Uint16 number = 0;
        require(object_->addSegment(made, number));
        for (const int slice : slices) {
            if (stop.stop_requested()) return;
            addFrame(value, number, slice, images);
        }
    }

  private:
    std::span<const uint8_t> voxelsOf(int slice) const {
        const auto count = static_cast<size_t>(grid_.size[0]) * static_cast<size_t>(grid_.size[1]);
        return labels_.values().subspan(static_cast<size_t>(slice) * count, count);
    }

    Vector3 column(size_t axis) const { return columnOf(grid_.patientFromVoxel, axis); }

    void addDimensions() {
        char uid[100];
        const OFString organisation = dcmGenerateUniqueIdentifier(uid, SITE_STUDY_UID_ROOT);
        IODMultiframeDimensionModule& dimensions = object_->getDimensions();
        require(dimensions.addDimensionIndex(DCM_ReferencedSegmentNumber, organisation,
                                             DCM_SegmentIdentificationSequence, "Segment"));
        require(dimensions.addDimensionIndex(DCM_ImagePositionPatient, organisation,
                                             DCM_PlanePositionSequence, "Slice"));
    }

    void addSharedGroups() {
        const std::array<double, 3> spacing = grid_.spacing();
        FGPixelMeasures measures;
        require(measures.setPixelSpacing(decimal(spacing[1]) + "\\" + decimal(spacing[0])));
        require(measures.setSliceThickness(decimal(spacing[2])));
        require(measures.setSpacingBetweenSlices(decimal(spacing[2])));
        require(object_->addForAllFrames(measures));
        const Vector3 right = scaled(column(0), 1 / spacing[0]), down = scaled(column(1), 1 / spacing[1]);
        const std::unique_ptr<FGPlaneOrientationPatient> orientation(
            FGPlaneOrientationPatient::createMinimal(decimal(right[0]), decimal(right[1]), decimal(right[2]),
                                                     decimal(down[0]), decimal(down[1]), decimal(down[2])));
        require(object_->addForAllFrames(*orientation));
    }

    void addFrame(uint8_t value, Uint16 segment, int slice, const std::vector<Reference>& images) {
        std::vector<Uint8> marked;
        for (const uint8_t voxel : voxelsOf(slice)) marked.push_back(voxel == value ? 1 : 0);
        const Vector3 first = column(3), step = column(2);
        const std::unique_ptr<FGPlanePosPatient> position(FGPlanePosPatient::createMinimal(
            decimal(first[0] + slice * step[0]), decimal(first[1] + slice * step[1]),
            decimal(first[2] + slice * step[2])));
        FGFrameContent content;
        require(content.setDimensionIndexValues(segment, 0));
        require(content.setDimensionIndexValues(static_cast<Uint32>(slice) + 1, 1));
        const std::unique_ptr<FGDerivationImage> source = derivation(slice, images);
        OFVector<FGBase*> groups;
        groups.push_back(position.get());
        groups.push_back(&content);
        if (source) groups.push_back(source.get());
        require(object_->addFrame(marked.data(), segment, groups));
    }

    /// Which image the slice is; null where the file says no identity.
    static std::unique_ptr<FGDerivationImage> derivation(int slice, const std::vector<Reference>& images) {
        const bool isSeries = images.size() > 1;
        const Reference& image = images[isSeries ? static_cast<size_t>(slice) : 0];
        if (image.instance.empty() || image.sopClass.empty()) return nullptr;
        OFVector<Uint16> frames;
        if (!isSeries) frames.push_back(static_cast<Uint16>(slice + 1));
        ImageSOPInstanceReferenceMacro* made = nullptr;
        require(isSeries ? ImageSOPInstanceReferenceMacro::create(image.sopClass.c_str(),
                                                                  image.instance.c_str(), made)
                         : ImageSOPInstanceReferenceMacro::create(image.sopClass.c_str(),
                                                                  image.instance.c_str(), frames, made));
        const std::unique_ptr<ImageSOPInstanceReferenceMacro> owned(made);
        OFVector<ImageSOPInstanceReferenceMacro> references;
        references.push_back(*made);
        return std::unique_ptr<FGDerivationImage>(
            DcmSegmentation::createDerivationImageFG(references, "Labelled by hand and by a network"));
    }

    const LabelVolume& labels_;
    const VolumeGrid& grid_;
    std::unique_ptr<DcmSegmentation> object_;
    std::vector<std::string> labelTexts_;
};

/// Texts of people, which may be written in any letters. DCMTK's modules refuse all but ASCII, so that these
/// are kept aside while it builds the object.
class ForeignTexts {
  public:
    /// Takes them out of a data set in UTF-8.
    void take(DcmDataset& dataset) {
        for (const DcmTagKey& tag :
             {DCM_PatientName, DCM_PatientID, DCM_PatientComments, DCM_StudyDescription, DCM_StudyID,
              DCM_AccessionNumber, DCM_ReferringPhysicianName}) {
            const std::string text = textOf(dataset, tag).value_or("");
            const bool isForeign = std::ranges::any_of(text, [](char c) { return (c & 0x80) != 0; });
            if (!isForeign) continue;
            texts_.emplace_back(tag, text);
            require(dataset.putAndInsertString(tag, "X"));
        }
    }
    void putBack(DcmDataset& dataset) const {
        for (const auto& [tag, text] : texts_) require(dataset.putAndInsertString(tag, text.c_str()));
    }

  private:
    std::vector<std::pair<DcmTagKey, std::string>> texts_;
};

/// Takes out what the modules of patient and study say beside the UID of the study.
void removePatientTexts(DcmDataset& dataset) {
    constexpr Uint16 kPatientGroup = 0x0010;
    for (unsigned long i = dataset.card(); i-- > 0;) {
        if (dataset.getElement(i)->getGTag() == kPatientGroup) delete dataset.remove(i);
    }
    for (const DcmTagKey& tag : {DCM_StudyDate, DCM_StudyTime, DCM_StudyID, DCM_StudyDescription,
                                 DCM_AccessionNumber, DCM_ReferringPhysicianName}) {
        dataset.findAndDeleteElement(tag);
    }
}

void setLabels(DcmDataset& dataset, const std::vector<std::string>& labels) {
    for (size_t i = 0; i < labels.size(); ++i) {
        DcmItem* segment = itemOf(dataset, DCM_SegmentSequence, i);
        if (segment) require(segment->putAndInsertString(DCM_SegmentLabel, labels[i].c_str()));
    }
    require(dataset.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 192"));
}

/// Takes what DCMTK writes into a file that is not finished, until that fails or is asked to stop.
class FileConsumer : public DcmConsumer {
  public:
    FileConsumer(UnfinishedFile& file, const std::stop_token& stop) : file_(file), stop_(stop) {}

    /// False where it was asked to stop. Errors: as `UnfinishedFile::write`.
    Result<bool> outcome() const { return written_ ? Result<bool>(!wasStopped_) : failure(written_.error()); }

    OFBool good() const override { return written_ && !wasStopped_; }
    OFCondition status() const override { return good() ? EC_Normal : EC_InvalidStream; }
    OFBool isFlushed() const override { return pending_.empty(); }
    offile_off_t avail() const override { return kBytesAtOnce; }  // it takes any number
    offile_off_t write(const void* bytes, offile_off_t count) override {
        std::span left(static_cast<const uint8_t*>(bytes), static_cast<size_t>(count));
        while (!left.empty() && good()) {
            const auto piece = left.first(std::min(left.size(), kBytesAtOnce - pending_.size()));
            pending_.insert(pending_.end(), piece.begin(), piece.end());
            left = left.subspan(piece.size());
            if (pending_.size() == kBytesAtOnce) flush();
        }
        return count - static_cast<offile_off_t>(left.size());
    }
    void flush() override {
        wasStopped_ = wasStopped_ || stop_.stop_requested();
        if (good()) written_ = file_.write(pending_);
        pending_.clear();
    }

  private:
    static constexpr size_t kBytesAtOnce = size_t{1} << 20;  // between two looks at whether to stop

    UnfinishedFile& file_;
    std::stop_token stop_;
    std::vector<uint8_t> pending_;
    Result<void> written_;
    bool wasStopped_ = false;
};

class FileStream : public DcmOutputStream {
  public:
    explicit FileStream(FileConsumer& consumer) : DcmOutputStream(&consumer) {}
};

/// False where it was asked to stop. Errors: as `UnfinishedFile::write`.
Result<bool> writeTo(UnfinishedFile& target, DcmFileFormat& file, const std::stop_token& stop) {
    constexpr E_TransferSyntax kSyntax = EXS_LittleEndianExplicit;
    require(file.validateMetaInfo(kSyntax));
    FileConsumer consumer(target, stop);
    FileStream stream(consumer);
    file.transferInit();
    const OFCondition written = file.write(stream, kSyntax, EET_ExplicitLength, nullptr);
    file.transferEnd();
    consumer.flush();
    if (consumer.good()) require(written);
    return consumer.outcome();
}

/// What `writeSegmentation` writes; false where it was asked to stop. Errors: as there.
Result<bool> fill(DcmDataset& target, const std::vector<std::filesystem::path>& images,
                  const std::map<uint8_t, Segment>& segments, const LabelVolume& labels, PatientTexts patient,
                  const std::stop_token& stop) {
    Builder builder(labels);
    ForeignTexts texts;
    std::vector<Reference> references;
    for (const std::filesystem::path& image : images) {
        if (stop.stop_requested()) return false;
        const Result<void> used = useFile(image, false, [&](DcmDataset& dataset) {
            if (references.empty()) {
                if (patient == PatientTexts::LeaveOut) removePatientTexts(dataset);
                dataset.convertToUTF8();  // where that fails, names are as the file has them
                texts.take(dataset);
                require(builder.object().importFromSourceImage(dataset, OFFalse));
            }
            references.push_back({textOf(dataset, DCM_SOPClassUID).value_or(""),
                                  textOf(dataset, DCM_SOPInstanceUID).value_or("")});
        });
        if (!used) return failure(used.error());
    }
    for (const auto& [value, segment] : segments) builder.add(value, segment, references, stop);
    if (stop.stop_requested()) return false;
    if (builder.object().getNumberOfFrames() == 0) return failure(ErrorCode::NothingToExport);
    require(builder.object().writeDataset(target));
    texts.putBack(target);
    setLabels(target, builder.labelTexts());
    if (patient == PatientTexts::LeaveOut) {
        require(target.putAndInsertString(DCM_PatientIdentityRemoved, "YES"));
        require(target.putAndInsertString(DCM_DeidentificationMethod, "Texts of patient and study left out"));
    }
    return true;
}

}  // namespace

Result<bool> writeSegmentation(UnfinishedFile& target, const std::vector<std::filesystem::path>& images,
                               const std::map<uint8_t, Segment>& segments, const LabelVolume& labels,
                               PatientTexts patient, const std::stop_token& stop) {
    const VolumeGrid& grid = labels.grid();
    if (images.empty() || (images.size() > 1 && std::ssize(images) != grid.size[2]))
        throw std::invalid_argument("there are not as many images as slices");
    if (!grid.isPlaced) return failure(ErrorCode::SegmentationNotPlaced, {utf8(images.front())});
    DcmFileFormat file;
    const Result<bool> filled = fill(*file.getDataset(), images, segments, labels, patient, stop);
    if (!filled || !*filled) return filled;
    return writeTo(target, file, stop);
}

}  // namespace finebrush::dicom
