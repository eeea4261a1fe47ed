using System;
using TestFrameworkShared;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// The asserts that the tests use, with the signatures of nanoFramework.TestFramework (tests/style compares), so
    /// that the same sources run on a computer.
    /// </summary>
    public sealed class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void AreEqual(int expected, int actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void AreEqual(long expected, long actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void AreEqual(uint expected, uint actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void AreEqual(ulong expected, ulong actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void AreEqual(string expected, string actual, string message = "")
        {
            Check(expected, actual, message);
        }

        public static void IsTrue(bool condition, string message = "")
        {
            Check(true, condition, message);
        }

        public static void IsFalse(bool condition, string message = "")
        {
            Check(false, condition, message);
        }

        public static void IsNull(object value, string message = "")
        {
            Check(null, value, message);
        }

        public static void IsNotNull(object value, string message = "")
        {
            Check(true, value != null, message);
        }

        public static void SkipTest(string message = null)
        {
            throw new SkipTestException(message);
        }

        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            Type thrown = null;
            try
            {
                action();
            }
            catch (Exception e)
            {
                thrown = e.GetType();
            }

            Check(exception, thrown, message);
        }

        private static void Check(object expected, object actual, string message)
        {
            if (!Equals(expected, actual))
            {
                throw new AssertFailedException($"expected {expected ?? "null"}, got {actual ?? "null"}. {message}");
            }
        }
    }
}
