#include "core/engine/licence_facts.h"

#include "core/base/files.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using messages::LicenceEvidence;
using testing::TemporaryFolder;

constexpr char kLiteMedSam[] = "79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76";

sam::Sam networkNamed(const std::string& name) {
    sam::SamDescription description = testing::smallTinyVitDescription();
    description.name = name;
    return testing::frozenNetwork(description);
}

/// What is told of weights of an unknown network with a card beside them.
std::string licenceWithCard(std::string_view card, const char* weights = "model.safetensors") {
    const TemporaryFolder folder;
    EXPECT_TRUE(writeFileAtomically(folder / "README.md", card));
    const LicenceFacts facts = licenceOf(networkNamed("SAM ViT"), folder / weights);
    EXPECT_TRUE(facts.licence.empty() || facts.evidence == LicenceEvidence::ModelCard);
    return facts.licence;
}

TEST(LicenceFacts, APublishedFileIsSurest) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "README.md", std::string_view("---\nlicense: mit\n---\n")));
    sam::Sam network = networkNamed("MedSAM");
    EXPECT_EQ(licenceOf(network, folder / "model.safetensors").licence, "mit");
    network->checkpointSha256 = kLiteMedSam;
    const LicenceFacts facts = licenceOf(network, folder / "model.safetensors");
    EXPECT_EQ(facts.licence, "Apache-2.0");
    EXPECT_EQ(facts.evidence, LicenceEvidence::File);
}

TEST(LicenceFacts, TheModelCardBesideTellsIt) {
    EXPECT_EQ(licenceWithCard("---\nlanguage: en\nlicense: apache-2.0\ntags:\n- x\n---\n# SAM\n"),
              "apache-2.0");
    EXPECT_EQ(licenceWithCard("---\r\nlicense: \"cc-by-nc-4.0\"  # of the weights\r\n---\r\n"),
              "cc-by-nc-4.0");
    EXPECT_EQ(licenceWithCard("---\nlicense: mit\n---\n", "pytorch_model.bin"), "mit");
}

TEST(LicenceFacts, WhatIsNoCardTellsNothing) {
    EXPECT_EQ(licenceWithCard("license: mit\n"), "");
    EXPECT_EQ(licenceWithCard("---\ntags:\n---\nlicense: mit\n"), "");
    EXPECT_EQ(licenceWithCard("---\nlicense:\n- mit\n---\n"), "");
    EXPECT_EQ(licenceWithCard("---\nlicense: see <b>below</b>\n---\n"), "");
    EXPECT_EQ(licenceWithCard(""), "");
    EXPECT_EQ(licenceWithCard("---\nlicense: mit\n---\n", "sam_vit_b.pth"), "")
        << "the page of a folder of many files";
}

TEST(LicenceFacts, ElseItIsThatOfTheFamilyWhereThereIsOne) {
    for (const char* name : {"LiteMedSAM", "MobileSAM", "MedSAM", "SAM ViT-B", "SAM ViT-L", "SAM ViT-H"}) {
        const LicenceFacts facts = licenceOf(networkNamed(name), "a/b.pth");
        EXPECT_EQ(facts.licence, "Apache-2.0") << name;
        EXPECT_EQ(facts.evidence, LicenceEvidence::Family) << name;
    }
    EXPECT_EQ(licenceOf(networkNamed("SAM ViT"), "a/b.pth").licence, "");
}

}  // namespace
}  // namespace finebrush
