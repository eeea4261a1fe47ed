namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>All tests share one browser and one gateway that mines, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<Farm>
{
    /// <summary>What a class names to belong to it.</summary>
    public const string Name = "browser";
}
