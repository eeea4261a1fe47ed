using System;

namespace nanoFramework.TestFramework
{
    public static class TestExtensions
    {
        public static extern bool SequenceEqual(Array a, Array b);
    }
}
