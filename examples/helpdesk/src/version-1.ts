import { defineBundle } from '@objectstack/spec/system';
import { overdueRentals } from './flows/overdue-rentals.js';
import { standstillAlert } from './flows/standstill-alert.js';
import { branch } from './objects/branch.js';
import { category } from './objects/category.js';
import { contact } from './objects/contact.js';
import { customer } from './objects/customer.js';
import { machine } from './objects/machine.js';
import { part } from './objects/part.js';
import { partUsage } from './objects/part-usage.js';
import { rental } from './objects/rental.js';
import { technician } from './objects/technician.js';
import { ticket } from './objects/ticket.js';
import { visit } from './objects/visit.js';
import { frontDesk } from './permissions/front-desk.js';
import { workshop } from './permissions/workshop.js';
import { contactSeed, customerSeed, trainingCustomerSeed } from './seeds/customers.js';
import { rentalSeed, ticketSeed } from './seeds/desk.js';
import { categorySeed, machineSeed } from './seeds/machines.js';
import { branchSeed, technicianSeed } from './seeds/organization.js';
import { partSeed } from './seeds/parts.js';
import { partUsageSeed, visitSeed } from './seeds/visits.js';
import { machineViews } from './views/machines.js';
import { rentalViews } from './views/rentals.js';
import { ticketViews } from './views/tickets.js';

export const version1 = defineBundle({
  manifest: {
    id: 'example.castlehire.helpdesk',
    name: 'Castle Hire help desk',
    version: '1.0.0',
    description: 'Rents out and repairs construction machines.',
  },
  objects: [branch, category, customer, contact, technician, machine, part, rental, ticket, visit, partUsage],
  views: [ticketViews, machineViews, rentalViews],
  flows: [standstillAlert, overdueRentals],
  permissions: [frontDesk, workshop],
  seedData: [
    branchSeed,
    technicianSeed,
    categorySeed,
    customerSeed,
    trainingCustomerSeed,
    contactSeed,
    machineSeed,
    partSeed,
    rentalSeed,
    ticketSeed,
    visitSeed,
    partUsageSeed,
  ],
});
