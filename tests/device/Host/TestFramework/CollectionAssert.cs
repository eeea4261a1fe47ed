using System.Collections;
using System.Linq;

namespace nanoFramework.TestFramework
{
    /// <summary>Asserts on arrays and lists, compared element by element.</summary>
    public sealed class CollectionAssert
    {
        public static void AreEqual(ICollection expected, ICollection actual, string message = "")
        {
            Assert.AreEqual(Text(expected), Text(actual), message);
        }

        private static string Text(ICollection items)
        {
            return items == null ? null : string.Join(" ", items.Cast<object>());
        }
    }
}
