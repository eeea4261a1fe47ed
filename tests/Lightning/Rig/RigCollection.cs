namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>Tests that share one rig, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RigCollection : ICollectionFixture<LightningRig>
{
    public const string Name = "lightning rig";
}
