using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using nanoFramework.TestFramework;
using Xunit;

namespace MicroFirmware.DeviceTests
{
    /// <summary>
    /// Hands each test of this assembly to xunit. As the launcher on the chip does it: Setup once per class before its
    /// tests, Cleanup once after them, a test with data rows once for each row.
    /// </summary>
    public class DeviceTestRun : IClassFixture<TestClasses>
    {
        private readonly TestClasses _classes;

        public DeviceTestRun(TestClasses classes)
        {
            _classes = classes;
        }

        public static IEnumerable<object[]> Tests()
        {
            return from type in TestClasses.All
                   from method in type.GetMethods()
                   let rows = method.GetCustomAttributes<DataRowAttribute>().Count()
                   where rows > 0 || method.IsDefined(typeof(TestMethodAttribute))
                   from row in Enumerable.Range(0, Math.Max(rows, 1))
                   select new object[] { type.FullName, method.Name, row };
        }

        [SkippableTheory(typeof(SkipTestException))]
        [MemberData(nameof(Tests))]
        public void Test_of_the_device_passes(string type, string method, int row)
        {
            Type testClass = typeof(DeviceTestRun).Assembly.GetType(type);
            MethodInfo test = testClass.GetMethod(method);
            DataRowAttribute data = test.GetCustomAttributes<DataRowAttribute>().ElementAtOrDefault(row);

            TestClasses.Call(_classes.SetUp(testClass), test, data?.MethodParameters);
        }

        /// <summary>On the chip test methods are called without an instance.</summary>
        [Fact]
        public void Test_classes_of_the_device_holdNoInstanceState()
        {
            const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

            Xunit.Assert.Empty(TestClasses.All.SelectMany(t => t.GetFields(Instance)));
        }
    }
}
